#include "stride_detector.h"

#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

void StrideDetector::lose() {
  state_ = State::kSearch;
  window_.clear();
}

bool StrideDetector::add(const Tick &raw, uint64_t now_us, bool bridged, RawStride &out) {
  const Tick tick{raw.dt_s, raw.accel, raw.gyro - bias_};
  window_.add(tick);
  const MotionWindow::View view = window_.view(p::kStanceWindowS);
  bridged_ |= bridged;
  if (state_ == State::kSearch) {
    search(view, now_us);
    return false;
  }
  if (state_ == State::kStance && stand(tick, view, now_us)) return false;
  return swing(tick, view, now_us, out);
}

void StrideDetector::search(const MotionWindow::View &view, uint64_t now_us) {
  if (!view.full || view.max_rate > p::kStanceMaxDps * kRadPerDeg || view.accel_sd > p::kStanceAccelSd)
    return;
  if (std::fabs(view.accel.norm() - kGravity) > p::kStanceAccelError) return;
  leave_rate_ = p::kStanceMaxDps * kRadPerDeg;
  stance_accel_ = view.accel;
  stance_s_ = 0;
  start_swing(now_us);
  state_ = State::kStance;
}

/// True while the stance goes on.
bool StrideDetector::stand(const Tick &tick, const MotionWindow::View &view, uint64_t now_us) {
  const MotionWindow::View last = window_.view(p::kLeaveWindowS);
  const float decay = std::max(0.0f, 1.0f - tick.dt_s / p::kStanceDecayS);
  leave_rate_ = std::max(p::kStanceMinDps * kRadPerDeg, leave_rate_ * decay);
  const bool leaves =
      last.max_rate > leave_rate_ || (last.accel - stance_accel_).norm2() > p::kLeaveAccel * p::kLeaveAccel;
  if (leaves) {
    state_ = State::kSwing;
    stance_s_ = 0;
    return false;
  }
  stance_accel_ += (last.accel - stance_accel_) * 0.05f;
  stance_s_ += tick.dt_s;
  learn_bias(view);
  start_swing(now_us);
  return true;
}

/// At real rest the gyroscope shows its bias.
void StrideDetector::learn_bias(const MotionWindow::View &view) {
  if (stance_s_ < p::kBiasRestS || !view.full) return;
  if (view.accel_sd > p::kBiasAccelSd || view.spread > p::kBiasSpreadDps * kRadPerDeg) return;
  bias_ += view.gyro * p::kBiasGain;
}

void StrideDetector::start_swing(uint64_t now_us) {
  const Vec3 up{0, 0, 1};
  attitude_ = start_ = Quat::between(stance_accel_.unit(up), up);
  velocity_ = position_ = {};
  swing_s_ = quiet_s_ = peak_ = 0;
  bridged_ = false;
  start_us_ = now_us;
}

bool StrideDetector::swing(const Tick &tick, const MotionWindow::View &view, uint64_t now_us,
                           RawStride &out) {
  const float dt = tick.dt_s;
  attitude_.turn(tick.gyro * (0.5f * dt));
  const Vec3 force = attitude_.rotate(tick.accel) - Vec3{0, 0, kGravity};
  attitude_.turn(tick.gyro * (0.5f * dt));
  position_ += velocity_ * dt + force * (0.5f * dt * dt);
  velocity_ += force * dt;
  swing_s_ += dt;
  peak_ = std::max(peak_, tick.gyro.norm2());

  const float peak_dps = std::sqrt(peak_) * kDegPerRad;
  const float quiet_dps = std::clamp(p::kStancePeakShare * peak_dps, p::kStanceMinDps, p::kStanceMaxDps);
  const bool quiet = view.full && swing_s_ > p::kStanceWindowS && view.max_rate < quiet_dps * kRadPerDeg &&
                     view.accel_sd < p::kStanceAccelSd &&
                     std::fabs(view.accel.norm() - kGravity) < p::kStanceAccelError;
  quiet_s_ = quiet ? quiet_s_ + dt : 0;
  const float speed = velocity_.norm();
  const bool stops =
      quiet && (speed < p::kStanceSpeedBase + p::kStanceSpeedShare * peak_dps || quiet_s_ > p::kStanceSureS);
  if (!stops) {
    if (swing_s_ > p::kSwingMaxS) state_ = State::kSearch;
    return false;
  }
  const bool stride = peak_dps > p::kSwingMinPeakDps && swing_s_ > p::kSwingMinS;
  if (stride) {
    out.start_us = start_us_;
    out.end_us = now_us;
    out.displacement = position_ - velocity_ * (0.5f * swing_s_);
    out.up = start_.conjugate().rotate({0, 0, 1});
    const Quat turned = attitude_ * start_.conjugate();
    out.yaw_rad = wrap_angle(2.0f * std::atan2(turned.z, turned.w));
    out.residual_ms = speed;
    out.peak_dps = peak_dps;
    out.bridged = bridged_;
    leave_rate_ = quiet_dps * kRadPerDeg;
  }
  stance_accel_ = view.accel;
  stance_s_ = 0;
  state_ = State::kStance;
  start_swing(now_us);
  return stride;
}

}  // namespace retrostep
