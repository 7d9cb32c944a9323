#pragma once
/// Whole numbers of a fixed unit: most chips of pods have no floating point, and a 32-bit product is one
/// instruction on all of them. What is done with every sample is done in these; strides are judged in floats.
///
/// A name says its scale and unit: `_q18g` counts in 2^-18 g, `_q9dps` in 2^-9 °/s, `_q23gs` in 2^-23 g·s,
/// `_q23gs2` in 2^-23 g·s², `_q27rad` in 2^-27 rad, `_q32s` in 2^-32 s; `_q30` alone is a share, a quaternion
/// or a direction. Squares: `rate2_q4` counts in 2^-4 (°/s)², `speed2_q24` in 2^-24 (g·s)², `accel2_q18` in
/// 2^-18 g². `half_` before a turn: half of it, as quaternions take it.

#include <cstdint>

#include "stride_math.h"

/// Worth no call even where code is built for size: used once, or smaller than the call.
#define RETROSTEP_IN_PLACE [[gnu::always_inline]] inline

namespace esphome::retrostep {

// One in each unit, as a power of two.
constexpr int ACCEL_BITS = 18;  // g: readings
constexpr int RATE_BITS = 9;    // °/s: readings
constexpr int FORCE_BITS = 21;  // g: specific forces in the axes of a stride
constexpr int SPEED_BITS = 23;  // g·s: velocities, and g·s²: positions
constexpr int TURN_BITS = 30;   // quaternions

constexpr float ACCEL_UNIT = GRAVITY / (1 << ACCEL_BITS);    // m/s²
constexpr float RATE_UNIT = RAD_PER_DEG / (1 << RATE_BITS);  // rad/s
constexpr float SPEED_UNIT = GRAVITY / (1 << SPEED_BITS);    // m/s, and m

constexpr uint32_t to_us(float s) {
  return static_cast<uint32_t>(s * 1e6f + 0.5f);
}
float to_s(uint32_t us);

/// The upper half of a product: a · b · 2^-32, rounded down.
RETROSTEP_IN_PLACE int32_t high(int32_t a, int32_t b) {
  return static_cast<int32_t>((static_cast<int64_t>(a) * b) >> 32);
}

/// A share of 1 in 2^-32, and that part of a number.
constexpr uint32_t share_q32(float share) {
  return static_cast<uint32_t>(share * 4294967296.0f);
}
constexpr uint32_t part(uint32_t whole, uint32_t share_q32) {
  return static_cast<uint32_t>((static_cast<uint64_t>(whole) * share_q32) >> 32);
}

/// A sum that may run over: garbage in, garbage out, but nothing undefined.
RETROSTEP_IN_PLACE int32_t run_on(int32_t a, int32_t b) {
  return static_cast<int32_t>(static_cast<uint32_t>(a) + static_cast<uint32_t>(b));
}

/// `value` · 2^bits, rounded towards zero; below 2^(24 - bits) in size. What a product and a conversion make
/// of it, from its bits alone: without floating point a tenth of the work.
int32_t whole_of_bits(float value, int bits);

/// The nearest a number of at most `most`, else the largest float below 2^31, in size comes to `value`, which
/// is no NaN.
int32_t nearest(float value, float most = 2147483520.0f);

/// Three whole numbers. Small as they are they are worth a few instructions in place, not a call, and copied
/// one by one, not by `memcpy`.
struct Whole3 {
  int32_t x{0}, y{0}, z{0};

  Whole3() = default;
  RETROSTEP_IN_PLACE Whole3(int32_t x0, int32_t y0, int32_t z0) : x(x0), y(y0), z(z0) {}
  RETROSTEP_IN_PLACE Whole3(const Whole3 &o) : x(o.x), y(o.y), z(o.z) {}
  RETROSTEP_IN_PLACE Whole3 &operator=(const Whole3 &o) {
    x = o.x, y = o.y, z = o.z;
    return *this;
  }

  RETROSTEP_IN_PLACE Whole3 operator+(const Whole3 &o) const { return {x + o.x, y + o.y, z + o.z}; }
  RETROSTEP_IN_PLACE Whole3 operator-(const Whole3 &o) const { return {x - o.x, y - o.y, z - o.z}; }
  RETROSTEP_IN_PLACE Whole3 operator<<(int bits) const { return {x << bits, y << bits, z << bits}; }
  RETROSTEP_IN_PLACE Whole3 operator>>(int bits) const { return {x >> bits, y >> bits, z >> bits}; }
  RETROSTEP_IN_PLACE Whole3 operator/(int32_t n) const { return {x / n, y / n, z / n}; }
  RETROSTEP_IN_PLACE Whole3 &operator+=(const Whole3 &o) { return *this = *this + o; }
  RETROSTEP_IN_PLACE Whole3 &operator-=(const Whole3 &o) { return *this = *this - o; }
  /// Sum and difference that may run over.
  RETROSTEP_IN_PLACE Whole3 ran_on(const Whole3 &o) const {
    return {esphome::retrostep::run_on(x, o.x), esphome::retrostep::run_on(y, o.y),
            esphome::retrostep::run_on(z, o.z)};
  }
  RETROSTEP_IN_PLACE void run_on(const Whole3 &o) { *this = ran_on(o); }
  RETROSTEP_IN_PLACE Whole3 since(const Whole3 &o) const {
    const auto minus = [](int32_t a, int32_t b) {
      return static_cast<int32_t>(static_cast<uint32_t>(a) - static_cast<uint32_t>(b));
    };
    return {minus(x, o.x), minus(y, o.y), minus(z, o.z)};
  }
  /// Times `share_q32`.
  RETROSTEP_IN_PLACE Whole3 part(int32_t share_q32) const {
    return {high(x, share_q32), high(y, share_q32), high(z, share_q32)};
  }
  /// The upper halves of dot and cross product.
  RETROSTEP_IN_PLACE int32_t dot(const Whole3 &o) const { return high(x, o.x) + high(y, o.y) + high(z, o.z); }
  RETROSTEP_IN_PLACE Whole3 cross(const Whole3 &o) const {
    return {high(y, o.z) - high(z, o.y), high(z, o.x) - high(x, o.z), high(x, o.y) - high(y, o.x)};
  }
  Vec3 real(float unit) const;
  static Whole3 of(const Vec3 &real, float per_unit);
};

/// Square of a rate, 2^-4 (°/s)²; components below 8192 °/s.
RETROSTEP_IN_PLACE uint32_t squared_rate_q4(const Whole3 &rate_q9dps) {
  const Whole3 rate_q18dps = rate_q9dps << 9;
  return static_cast<uint32_t>(rate_q18dps.dot(rate_q18dps));
}
/// The same of a threshold.
constexpr uint32_t squared_rate_q4(float dps) {
  return static_cast<uint32_t>(dps * dps * 16.0f);
}
/// In °/s.
float dps_of_rate2(uint32_t rate2_q4);

/// Square of a speed, 2^-24 (g·s)²; components below 8 g·s, which no foot reaches.
RETROSTEP_IN_PLACE uint32_t squared_speed_q24(const Whole3 &velocity_q23gs) {
  const Whole3 s = velocity_q23gs << 5;
  const auto square = [](int32_t a) { return static_cast<uint32_t>(high(a, a)); };
  return square(s.x) + square(s.y) + square(s.z);
}
/// In (m/s)².
constexpr float SPEED2_UNIT = GRAVITY * GRAVITY / (1 << 24);

/// A rotation from the pod's axes to those of a stride: a unit quaternion, as exact as one of floats and a
/// tenth of the work.
struct Attitude {
  int32_t w{1 << TURN_BITS}, x{0}, y{0}, z{0};

  Attitude() = default;
  RETROSTEP_IN_PLACE Attitude(int32_t w0, int32_t x0, int32_t y0, int32_t z0) : w(w0), x(x0), y(y0), z(z0) {}
  RETROSTEP_IN_PLACE Attitude(const Attitude &o) : w(o.w), x(o.x), y(o.y), z(o.z) {}
  RETROSTEP_IN_PLACE Attitude &operator=(const Attitude &o) {
    w = o.w, x = o.x, y = o.y, z = o.z;
    return *this;
  }

  static Attitude of(float w, float x, float y, float z);
  /// The rotation that brings `seen` closer to up; gain 1 all the way.
  static Attitude upright(const Vec3 &seen, float gain);
  /// The vector in the stride's axes, in half the units; below 2^28 in length.
  Whole3 rotate_half(const Whole3 &v) const;
  RETROSTEP_IN_PLACE Whole3 rotate_half_in_place(const Whole3 &v) const {
    const Whole3 u{x, y, z};
    const Whole3 t = u.cross(v) << 4;  // 2 u × v, in an eighth of the units of the cross product
    const Whole3 c = u.cross(t);
    return {(v.x >> 1) + high(w, t.x) + c.x, (v.y >> 1) + high(w, t.y) + c.y,
            (v.z >> 1) + high(w, t.z) + c.z};
  }
  /// This turn after the other one.
  Attitude operator*(const Attitude &o) const;
  Attitude conjugate() const { return {w, -x, -y, -z}; }
  /// Up in the pod's axes.
  Whole3 up_q30() const;
  /// Appends a turn of twice `half_q32rad` (pod axes), each below 0.4 rad; second order, see straighten().
  void turn(const Whole3 &half_q32rad);
  RETROSTEP_IN_PLACE void turn_in_place(const Whole3 &half_q32rad) {
    const Whole3 &h = half_q32rad;
    const int32_t loss_q32 = h.dot(h) >> 1;  // of the cosine: half the square
    *this = {w - high(w, loss_q32) - high(x, h.x) - high(y, h.y) - high(z, h.z),
             x - high(x, loss_q32) + high(w, h.x) + high(y, h.z) - high(z, h.y),
             y - high(y, loss_q32) + high(w, h.y) + high(z, h.x) - high(x, h.z),
             z - high(z, loss_q32) + high(w, h.z) + high(x, h.y) - high(y, h.x)};
  }
  /// The same turn in the stride's axes: comes after all others.
  void turn_after(const Whole3 &half_q32rad);
  /// Pulls the length back to one, from which turns slowly lead away.
  void straighten();
};

}  // namespace esphome::retrostep
