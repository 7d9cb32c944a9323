
#include "stride_detector.h"

#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

namespace {

constexpr uint32_t kLeaveHalfUs = to_us(p::kLeaveWindowS / 2) - 500;  // up to half a millisecond early

constexpr float sq(float v) {
  return v * v;
}
/// A share of 1 in 2^-32.
constexpr uint32_t share_q32(float share) {
  return static_cast<uint32_t>(share * 4294967296.0f);
}
constexpr uint32_t part(uint32_t whole, uint32_t share_q32) {
  return static_cast<uint32_t>((static_cast<uint64_t>(whole) * share_q32) >> 32);
}

/// A force in the axes of a swing, g.
Vec3 seen(const Attitude &attitude, const Whole3 &accel) {
  return attitude.rotate_half(accel << 4).real(1.0f / (1 << (kAccelBits + 3)));
}

}  // namespace

void StrideDetector::lose() {
  standing_ = measuring_ = false;
  anchor_ = Anchor::kNone;
  window_.clear();
  begin(0);
}

bool StrideDetector::finish(uint64_t now_us) {
  return run(now_us, true) || (touched_ && end_at_touch());
}

/// Takes the ticks that have successors enough, at the `end` all; stops at a stride.
bool StrideDetector::run(uint64_t now_us, bool end) {
  while (window_.advance(end)) {
    if (step(now_us - window_.lag_us())) return true;
  }
  return false;
}

bool StrideDetector::step(uint64_t now_us) {
  const Tick tick = window_.centre();
  const Whole3 rate = tick.gyro - bias();
  const TickTurn turned(rate, tick.dt_us);
  MotionWindow::Span now{};
  uint32_t now_rate2 = 0;
  if (standing_) {
    now = window_.close(kLeaveHalfUs, now_rate2);
    if (leaves(now, now_rate2, tick.dt_us)) leave();
  }
  const bool stands = standing_;
  if (tick.bridged) measuring_ = false;  // a guess is no improvement
  if (!stands) gather(rate, turned, tick.dt_us);
  if (!stands || measuring_) {
    Swing &s = stands ? touch_ : swing_;
    const uint32_t speed2 = s.move(tick.accel, turned, tick.dt_us);
    if (!stands) {
      follow(tick, speed2);
      return swing(tick.dt_us, now_us, speed2);
    }
    measure(now, now_rate2, tick.dt_us);
  }
  stand(rate, turned, tick.dt_us, now_us);
  return false;
}

/// The foot that stood moves; else the mean force of the stance follows slowly.
bool StrideDetector::leaves(MotionWindow::Span now, uint32_t rate2, uint32_t dt_us) {
  constexpr auto kLeast = static_cast<uint32_t>(p::kStanceMinDps * (1 << kRateBits));
  constexpr auto kFar2 = static_cast<int32_t>(sq(p::kLeaveAccel / kGravity) * (1 << 16));
  leave_rate_ = std::max(kLeast, leave_rate_ - leave_rate_ * dt_us / to_us(p::kStanceDecayS));
  const Whole3 off = window_.mean_accel(now) - stance_accel_, far = off << 6;
  if (rate2 > (leave_rate_ * leave_rate_) >> (2 * kRateBits - 4) || far.dot(far) > kFar2) return true;
  stance_accel_ += (off << 4).part(static_cast<int32_t>(p::kStanceAccelGain * (1 << 28)));
  return false;
}

/// A swing begins where the stance was last seen.
void StrideDetector::leave() {
  standing_ = measuring_ = false;
  follow_stance();
  learn_drift();
  begin(start_us_);
}

/// The stance goes on.
void StrideDetector::stand(const Whole3 &rate, const TickTurn &turned, uint32_t dt_us, uint64_t now_us) {
  stance_us_ += dt_us;
  if (stance_us_ > to_us(p::kStanceProofS)) anchor_ = Anchor::kStance;
  stance_turn_ += turned.half_q27;
  unfollowed_us_ += dt_us;
  if (unfollowed_us_ > to_us(p::kFollowS)) {
    learn_bias(unfollowed_us_);
    follow_stance();
  }
  rate_ = rate;
  start_us_ = now_us;
}

/// At real rest the gyroscope shows its bias.
void StrideDetector::learn_bias(uint32_t dt_us) {
  if (!window_.full() || !window_.rate_within(rate_square(p::kBiasSpreadDps))) {
    rest_us_ = 0;
    return;
  }
  const Whole3 rate = window_.mean_rate(window_.wide());
  const bool rest = rate_square(rate - bias()) < rate_square(p::kBiasMaxDps) &&
                    window_.steady(coarse_square(p::kBiasAccelSd));
  rest_us_ = rest ? rest_us_ + dt_us : 0;
  if (rest_us_ <= to_us(p::kBiasRestS)) return;
  constexpr auto kGain = static_cast<uint32_t>(p::kBiasGain * (1 << 28) / 1e4f);  // per µs
  const auto gain_q28 = static_cast<int32_t>(dt_us * kGain);
  const Whole3 off = (rate << kBiasBits) - fine_bias_;
  fine_bias_ += (off << 4).part(gain_q28);
}

/// A swing may start here.
void StrideDetector::begin(uint64_t now_us) {
  rest(now_us);
  start_ = swing_.attitude;
  start_rate_ = rate_;
}

/// No swing is under way.
void StrideDetector::rest(uint64_t now_us) {
  const Attitude attitude = swing_.attitude;
  swing_ = {};
  swing_.attitude = attitude;
  turn_.clear();
  quiet_us_ = 0;
  start_us_ = now_us;
  forget_touch();
}

void StrideDetector::forget_touch() {
  touched_ = false;
  touch_unrest_ = p::kTouchUnrest;
  touch_age_us_ = 0;
  touch_turn_.clear();
}

/// What a tick of the swing adds to its turns.
void StrideDetector::gather(const Whole3 &rate, const TickTurn &turned, uint32_t dt_us) {
  const uint32_t rate2 = rate_square(rate);
  swing_.peak_rate2 = std::max(swing_.peak_rate2, rate2);
  turn_.add(*axes_, rate, turned.half_q27, dt_us, turned.dt_q32);
  if (!touched_) return;
  touch_age_us_ += dt_us;
  after_rate2_ = std::max(after_rate2_, rate2);
}

/// What the swing having moved on by a tick adds.
void StrideDetector::follow(const Tick &tick, uint32_t speed2) {
  Swing &s = swing_;
  s.peak_speed2 = std::max(s.peak_speed2, speed2);
  if (touched_) after_speed2_ = std::max(after_speed2_, speed_square(s.velocity.since(touch_.velocity)));
  if (!tick.bridged) return;
  s.gap_us = s.time_us - tick.dt_us / 2;
  gap_ = {s.position, s.velocity, s.time_us};
}

bool StrideDetector::swing(uint32_t dt_us, uint64_t now_us, uint32_t speed2) {
  if (window_.hot()) {
    quiet_us_ = rest_us_ = 0;
  } else {
    learn_bias(dt_us);
    if (rests(dt_us)) return settle(now_us);
  }
  if (swing_.time_us > to_us(p::kGuessMaxS) && swing_.time_us > limit_us()) {
    anchor_ = Anchor::kNone;
    begin(now_us);
  }
  return touch(now_us, speed2);
}

/// No swing lasts longer; without an anchor there is no swing, only the search for a rest.
uint32_t StrideDetector::limit_us() const {
  static_assert(p::kGuessMaxS <= p::kTouchMaxS && p::kGuessMaxS <= p::kSwingMaxS);
  switch (anchor_) {
    case Anchor::kStance:
      return to_us(p::kSwingMaxS);
    case Anchor::kTouch:
      return to_us(p::kTouchMaxS);
    case Anchor::kGuess:
      return to_us(p::kGuessMaxS);
    default:
      return 0xffffffffu;
  }
}

/// Slower than this the foot may stand; see rate_square().
uint32_t StrideDetector::quiet_rate2() const {
  constexpr uint32_t kLeast = rate_square(p::kStanceMinDps), kMost = rate_square(p::kStanceMaxDps);
  if (anchor_ < Anchor::kTouch) return kMost;
  return std::clamp(part(swing_.peak_rate2, share_q32(sq(p::kStancePeakShare))), kLeast, kMost);
}

/// The foot is as quiet as in a stance, and that is no mere turning point of the swing.
bool StrideDetector::rests(uint32_t dt_us) {
  const bool anchored = anchor_ >= Anchor::kTouch;
  const bool quiet = window_.full() && window_.slower(quiet_rate2()) &&
                     (swing_.time_us > to_us(p::kStanceWindowS) || !anchored) &&
                     window_.steady(coarse_square(p::kStanceAccelSd));
  quiet_us_ = quiet ? quiet_us_ + dt_us : 0;
  if (!quiet) return false;
  return !anchored || quiet_us_ >= to_us(p::kStanceSureS) || !glides();
}

/// A foot may swing quietly, too: is it faster than errors make a rest look?
bool StrideDetector::glides() const {
  const bool bridged = swing_.gap_us > 0;
  const Vec3 up = window_.mean_accel(window_.wide()).real(kAccelUnit).unit({0, 0, 1});
  const float tilt_cos = start_.up().real(1.0f / (1 << kTurnBits)).dot(up);
  const bool as_before = tilt_cos > p::kStanceTiltCos;
  if (as_before && !bridged && swing_.time_us > to_us(p::kStanceDueS)) return false;
  float most_ms = slack(swing_) * (p::kStanceSpeedBase + p::kStanceSpeedShare * swing_.peak_dps());
  if (!as_before || !bridged) most_ms = std::min(most_ms, glide_ms());
  return swing_.velocity_ms().norm2() >= sq(most_ms);
}

/// More speed than that is no error of a swing in which nothing was lost.
float StrideDetector::glide_ms() const {
  return std::max(p::kGlideMs2 * swing_.seconds(), p::kGlideShare * swing_.top_ms());
}

/// The foot came to a quiet stance.
bool StrideDetector::settle(uint64_t now_us) {
  const MotionWindow::Span now = window_.wide();
  const Whole3 accel = window_.mean_accel(now);
  const bool proven = anchor_ >= Anchor::kTouch || (anchor_ == Anchor::kGuess && guess_holds());
  const bool bridged = swing_.gap_us > 0;
  Attitude level;
  if (bridged || !proven) level = Attitude::upright(seen(swing_.attitude, accel), 1.0f);
  const bool straightened = proven && bridged && straighten_gap(level);
  // A first rest met by chance and a gap: two guesses are no stride.
  const bool sure = proven && !(bridged && anchor_ == Anchor::kGuess);
  rate_ = window_.mean_rate(now) - bias();
  touch_turn_.append(turn_);
  const bool stride = sure && close(swing_, rate_, now_us);
  calm_rate2_ = window_.max_rate2(now);
  measuring_ = stride && !bridged && calm_rate2_ > rate_square(p::kCalmDps);
  if (measuring_) touch_ = swing_;
  if (bridged) {  // saw no gap
    const Vec3 up = stride_.start.up().real(1.0f / (1 << kTurnBits));
    stride_.tilt_cos = up.dot(accel.real(kAccelUnit).unit({0, 0, 1}));
  }
  if (stride || !proven)
    leave_rate_ = static_cast<uint32_t>(rate_of_square(quiet_rate2()) * (1 << kRateBits));
  Attitude &attitude = swing_.attitude;
  attitude.straighten();
  if (proven && !straightened) {
    const float gain = std::min(1.0f, swing_.seconds()) * p::kSwingLevelGain;
    const Attitude fix = Attitude::upright(swing_.lift_ms(), gain);
    attitude = fix * attitude;
    levelled_.run_on({fix.x >> 2, fix.y >> 2, 0});
  } else if (!proven) {
    attitude = level * attitude;
  }
  drifts_ = anchor_ >= Anchor::kTouch && !bridged;
  const bool moves = bridged && swing_.velocity_ms().norm() > glide_ms();
  anchor_ = proven && !moves ? Anchor::kStance : Anchor::kGuess;
  stance_turn_ = {};
  unfollowed_us_ = 0;
  stance_accel_ = accel;
  stance_us_ = 0;
  standing_ = true;
  rest(now_us);
  return stride;
}

/// How far the foot is from rest, its speed apart: squares of rotation and acceleration in units of what a
/// lively rest shows.
float StrideDetector::unrest(const Whole3 &accel, const Whole3 &rate) {
  const auto rate2 = static_cast<float>(rate_square(rate));
  if (anchor_ < Anchor::kTouch) {  // neither attitude nor speed is known
    const float force = accel.real(kAccelUnit).norm();
    return rate2 * (1.0f / static_cast<float>(rate_square(p::kTouchDps))) +
           (sq(force - kGravity) + window_.accel_var()) * (1.0f / sq(p::kTouchAccel));
  }
  static constexpr int32_t kOne = 1 << 21, kMost = 8 * kOne;
  const Whole3 force = swing_.attitude.rotate_half(accel << 4);
  const auto near = [](int32_t v) { return std::clamp(v, -kMost, kMost) << 6; };
  const Whole3 pull{near(force.x), near(force.y), near(force.z - kOne)};  // 2^-27 g
  const auto pull2 = static_cast<float>(pull.dot(pull));
  return rate2 * units_.per_rate2 + pull2 * units_.per_pull2;
}

/// What unrest is measured in follows the swing's peaks.
void StrideDetector::measure_unrest() {
  constexpr float kPullUnit = sq(kGravity) / (1 << 22);  // (m/s²)²
  const Swing &s = swing_;
  const float top = s.top_ms();
  const float rate_dps = std::min(p::kTouchDps, p::kTouchDpsBase + p::kTouchDpsShare * s.peak_dps());
  const float accel = std::min(p::kTouchAccel, p::kTouchAccelBase + p::kTouchAccelPerMs * top);
  const float speed = p::kTouchSpeedBase + p::kTouchSpeedShare * top;
  const float most_ms = p::kTouchSpeedBase + p::kTouchSpeedMax * top;
  units_.per_rate2 = 1.0f / (16.0f * sq(rate_dps));
  units_.per_pull2 = kPullUnit / sq(accel);
  units_.per_speed2 = 1.0f / sq(speed);
  units_.most_speed2 = static_cast<uint32_t>(nearest(sq(most_ms) * (1.0f / kSpeedSquareUnit)));
  units_.of_rate2 = s.peak_rate2;
  units_.of_speed2 = s.peak_speed2;
}

/// Between two rests the mean specific force is gravity, so it must have its size and about its direction.
bool StrideDetector::guess_holds() const {
  const Swing &s = swing_;
  if (s.time_us <= to_us(p::kTouchMinS)) return false;
  const float seconds = s.seconds();
  const Vec3 lift = s.lift_ms();
  const float force = lift.norm();
  return std::fabs(force - seconds * kGravity) < seconds * p::kGuessAccelError &&
         lift.z > force * p::kGuessTiltCos;
}

/// Has the swing gone on for long enough, and is it slow enough now, to end here?
bool StrideDetector::may_rest(uint32_t speed2) {
  const Swing &s = swing_;
  if (anchor_ < Anchor::kTouch) return anchor_ == Anchor::kNone || guess_holds();
  if (s.time_us <= to_us(p::kTouchMinS)) return false;
  // (a + b)² <= 2 a² + 2 b²: most of a swing is faster, and needs no root to tell.
  constexpr auto kBase = static_cast<uint32_t>(2.0f * sq(p::kTouchSpeedBase) / kSpeedSquareUnit);
  constexpr uint32_t kShare = share_q32(2.0f * sq(p::kTouchSpeedMax));
  if (speed2 > kBase + part(s.peak_speed2, kShare)) return false;
  if (units_.of_rate2 != s.peak_rate2 || units_.of_speed2 != s.peak_speed2) measure_unrest();
  return speed2 < units_.most_speed2;
}

/// Looks for the instant closest to rest in a gait whose stance never gets quiet.
bool StrideDetector::touch(uint64_t now_us, uint32_t speed2) {
  if (may_rest(speed2)) consider_touch(now_us);
  return touched_ && touch_age_us_ > to_us(p::kTouchWaitS) && end_at_touch();
}

/// Takes this instant for the touch if it is the closest to rest so far.
void StrideDetector::consider_touch(uint64_t now_us) {
  const bool moves = anchor_ >= Anchor::kTouch;  // else its speed is unknown
  const float haste = moves ? swing_.velocity_ms().norm2() * units_.per_speed2 : 0;
  if (haste >= touch_unrest_) return;
  const MotionWindow::Span now = window_.wide();
  const Whole3 accel = window_.mean_accel(now), rate = window_.mean_rate(now) - bias();
  const float now_unrest = haste + unrest(accel, rate);
  if (now_unrest >= touch_unrest_) return;
  touched_ = true;
  touch_ = swing_;
  touch_accel_ = accel;
  touch_rate_ = rate;
  touch_us_ = now_us;
  touch_unrest_ = now_unrest;
  touch_age_us_ = 0;
  touch_turn_.append(turn_);
  turn_.clear();
  after_rate2_ = after_speed2_ = 0;
}

/// Ends the swing at the instant found, which has passed already, and starts the next one there.
bool StrideDetector::end_at_touch() {
  const bool known = anchor_ != Anchor::kNone;
  const bool stride = known && close(touch_, touch_rate_, touch_us_);
  const Vec3 up = known ? touch_.lift_ms() : seen(touch_.attitude, touch_accel_);
  const bool trusted = anchor_ >= Anchor::kTouch;
  const float gain = trusted ? std::min(1.0f, touch_.seconds()) * p::kSwingLevelGain : 1.0f;
  const Attitude fix = Attitude::upright(up, gain);
  // What was integrated since then starts from rest and turns with the corrected attitude, gravity excepted.
  Swing &s = swing_;
  s.time_us -= touch_.time_us;
  s.turn_since(touch_.position, touch_.velocity, s.seconds(), fix);
  s.attitude = fix * s.attitude;
  s.attitude.straighten();
  levelled_ = {};
  s.gap_us = s.gap_us > touch_.time_us ? s.gap_us - touch_.time_us : 0;
  s.peak_rate2 = after_rate2_;
  s.peak_speed2 = after_speed2_;
  start_ = fix * touch_.attitude;
  start_us_ = touch_us_;
  start_rate_ = touch_rate_;
  anchor_ = known ? Anchor::kTouch : Anchor::kGuess;
  forget_touch();
  return stride;
}

}  // namespace retrostep
