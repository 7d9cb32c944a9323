#pragma once
/// Foot motion for tests: strides whose truth is known in closed form.

#include <cmath>
#include <vector>

#include "stride_core.h"

namespace esphome::retrostep::testing {

constexpr double TWO_PI = 6.283185307179586;
constexpr double G = 9.80665;

/// Remembers every stride; sums what counts.
class Sheet final : public StrideSink {
 public:
  void on_stride(const Stride &stride) override { strides.push_back(stride); }
  int counted(Direction direction) const {
    int n = 0;
    for (const Stride &s : strides) n += s.counted && s.direction == direction;
    return n;
  }
  int counted() const {
    int n = 0;
    for (const Stride &s : strides) n += s.counted;
    return n;
  }
  double metres(Direction direction) const {
    double sum = 0;
    for (const Stride &s : strides)
      sum += s.counted && s.direction == direction ? static_cast<double>(s.length_m) : 0;
    return sum;
  }
  std::vector<Stride> strides;
};

struct Gait {
  double length_m{0.8};    ///< towards the toe; negative is backward
  double side_m{0};        ///< to the left
  double climb_m{0};       ///< up
  double lift_m{0.10};     ///< foot clearance
  double reach_m{0};       ///< towards the toe and back again, as in a kick
  double pitch_deg{25};    ///< first half of the swing toe down (backward: toe up), then the other way
  double toe_down_deg{0};  ///< added half way through the swing: people's toes go down more than up
  double tip_deg{0};       ///< rests so much further toe down after it
  double yaw_deg{0};       ///< turn of the foot, left positive
  double swing_s{0.6};
  double stance_s{0.5};
  double glide_s{0};   ///< half way it goes on as it goes there for so long: its `length_m` grows
  double slip_ms{0};   ///< lands with this speed towards the toe ...
  double roll_dps{0};  ///< ... and this rate toe down ...
  double calm_s{0};    ///< ... which both fade within this time: its `length_m` grows
};

/// A rotation, a unit quaternion.
struct Quat {
  float w{1}, x{0}, y{0}, z{0};

  Vec3 rotate(const Vec3 &v) const {
    const Vec3 u{x, y, z};
    const Vec3 t = u.cross(v) * 2.0f;
    return v + t * w + u.cross(t);
  }
  Quat operator*(const Quat &o) const {
    return {w * o.w - x * o.x - y * o.y - z * o.z, w * o.x + x * o.w + y * o.z - z * o.y,
            w * o.y - x * o.z + y * o.w + z * o.x, w * o.z + x * o.y - y * o.x + z * o.w};
  }
};

/// Plays motion into a core, sample by sample.
class Walker {
 public:
  explicit Walker(StrideCore &core, double rate_hz = 100) : core_(core), dt_s_(1 / rate_hz) {}

  void stand(double seconds) {
    for (double t = 0; t < seconds - 1e-9; t += dt_s_)
      emit(-std::sin(tipped_) * G, 0, std::cos(tipped_) * G, 0, 0, 0);
  }
  void walk(int strides, const Gait &gait) {
    for (int i = 0; i < strides; ++i) {
      swing(gait);
      stand(gait.stance_s);
    }
  }
  /// One swing: smooth displacement (zero speed and acceleration at both ends), pitch about y, yaw about z.
  void swing(const Gait &gait) {
    const double T = gait.swing_s;
    const double roll = gait.roll_dps * TWO_PI / 360;
    double glides_s = gait.glide_s;
    for (double t = 0; t < T - 1e-9; t += dt_s_) {
      const double s = (t + 0.5 * dt_s_) / T;
      const double ease = s - std::sin(TWO_PI * s) / TWO_PI;
      const double pull = TWO_PI * std::sin(TWO_PI * s) / (T * T);  // second derivative of `ease`
      // The lift returns to the ground: sin⁴ keeps speed and acceleration zero at the ends.
      const double w = TWO_PI / 2 / T;
      const double x = w * (t + 0.5 * dt_s_);
      const double there_and_back =
          w * w * (12 * sq(std::sin(x)) * sq(std::cos(x)) - 4 * sq(sq(std::sin(x))));
      const double lift = gait.lift_m * there_and_back;
      // Displacement points along the heading half way through the turn.
      const double half = 0.5 * gait.yaw_deg * TWO_PI / 360;
      const double ax = (gait.length_m * std::cos(half) - gait.side_m * std::sin(half)) * pull +
                        gait.reach_m * there_and_back + gait.slip_ms * (1 - std::cos(TWO_PI * s)) / T;
      const double ay = (gait.length_m * std::sin(half) + gait.side_m * std::cos(half)) * pull;
      const double az = gait.climb_m * pull + lift + G;
      const double sign = gait.length_m < 0 ? -1 : 1;
      const double amplitude = sign * gait.pitch_deg * TWO_PI / 360;
      // Pitch: down, then up, back to level.
      const double lean = gait.toe_down_deg * TWO_PI / 360;
      const double tip = gait.tip_deg * TWO_PI / 360;
      const double pitch = (amplitude * std::sin(TWO_PI * s) + lean) * sq(std::sin(TWO_PI / 2 * s)) +
                           tipped_ + tip * ease +
                           roll * T * (0.5 * s * s + (std::cos(TWO_PI * s) - 1) / sq(TWO_PI));
      const double pitch_rate =
          amplitude * TWO_PI / T *
              (std::cos(TWO_PI * s) * sq(std::sin(TWO_PI / 2 * s)) +
               std::sin(TWO_PI * s) * std::sin(TWO_PI / 2 * s) * std::cos(TWO_PI / 2 * s)) +
          lean * TWO_PI / 2 / T * std::sin(TWO_PI * s) + tip * (1 - std::cos(TWO_PI * s)) / T + roll * ease;
      const double yaw = gait.yaw_deg * TWO_PI / 360 * ease;
      const double yaw_rate = gait.yaw_deg * TWO_PI / 360 * (1 - std::cos(TWO_PI * s)) / T;
      // World to pod: yaw about z, then pitch about the pod's y (positive: toe down).
      const double fx = std::cos(yaw) * ax + std::sin(yaw) * ay,
                   fy = -std::sin(yaw) * ax + std::cos(yaw) * ay;
      emit(std::cos(pitch) * fx - std::sin(pitch) * az, fy, std::sin(pitch) * fx + std::cos(pitch) * az,
           -std::sin(pitch) * yaw_rate, pitch_rate, std::cos(pitch) * yaw_rate);
      for (; s + 0.5 * dt_s_ / T > 0.5 && glides_s > 0; glides_s -= dt_s_)
        emit(-std::sin(pitch) * G, 0, std::cos(pitch) * G, 0, 0, 0);
    }
    tipped_ += gait.tip_deg * TWO_PI / 360 + 0.5 * roll * T;
    for (double t = 0.5 * dt_s_; t < gait.calm_s; t += dt_s_) {
      const double left = 1 - t / gait.calm_s;
      const double pitch = tipped_ + 0.5 * roll * gait.calm_s * (1 - sq(left));
      const double slows = -gait.slip_ms / gait.calm_s;
      emit(std::cos(pitch) * slows - std::sin(pitch) * G, 0, std::sin(pitch) * slows + std::cos(pitch) * G, 0,
           roll * left, 0);
    }
    tipped_ += 0.5 * roll * gait.calm_s;
  }
  /// One sample: m/s², rad/s.
  void emit(double ax, double ay, double az, double wx, double wy, double wz) {
    time_s += dt_s_;
    Sample sample{static_cast<uint32_t>(static_cast<uint64_t>(std::llround(time_s * 1e6))), {}, {}};
    const auto worn = [this](double x, double y, double z) {
      return mounting.rotate({static_cast<float>(x), static_cast<float>(y), static_cast<float>(z)});
    };
    const Vec3 a = worn(ax, ay, az), w = worn(wx, wy, wz);
    const float accel[3] = {a.x, a.y, a.z}, gyro[3] = {w.x, w.y, w.z};
    for (int i = 0; i < 3; ++i) {
      sample.accel_g[i] = accel[i] / static_cast<float>(G) + offset_g[i];
      sample.gyro_dps[i] = gyro[i] * DEG_PER_RAD + bias_dps[i];
    }
    if (time_s < drop_from_s || time_s >= drop_until_s) core_.add(sample);
  }

  double time_s{0};
  float bias_dps[3]{}, offset_g[3]{};      ///< what the sensor reads beside the truth
  double drop_from_s{0}, drop_until_s{0};  ///< samples of this time are lost
  Quat mounting;                           ///< from the foot's axes to the pod's

 private:
  static double sq(double v) { return v * v; }
  StrideCore &core_;
  double dt_s_;
  double tipped_{0};  // rad, how far toe down the foot rests
};

}  // namespace esphome::retrostep::testing
