#include "stride_fixed.h"

#include <bit>

namespace esphome::retrostep {

// What is done once a stride or a few times in a stance: once in the code, too.

int32_t whole_of_bits(float value, int bits) {
  static constexpr int MANTISSA_BITS = 23, BIAS = 127;
  const auto all = std::bit_cast<uint32_t>(value);
  const uint32_t mantissa = (all & ((1u << MANTISSA_BITS) - 1)) | (1u << MANTISSA_BITS);
  const int exponent = static_cast<int>((all >> MANTISSA_BITS) & 0xff) - BIAS;
  const int shift = MANTISSA_BITS - bits - exponent;
  if (shift > MANTISSA_BITS) return 0;
  const auto size = static_cast<int32_t>(mantissa >> shift);
  return (all >> 31) != 0 ? -size : size;
}

float to_s(uint32_t us) {
  return static_cast<float>(us) * 1e-6f;
}

int32_t nearest(float value, float most) {
  return static_cast<int32_t>(std::clamp(value, -most, most));
}

float dps_of_rate2(uint32_t rate2_q4) {
  return std::sqrt(static_cast<float>(rate2_q4)) * 0.25f;
}

Vec3 Whole3::real(float unit) const {
  return {static_cast<float>(x) * unit, static_cast<float>(y) * unit, static_cast<float>(z) * unit};
}

Whole3 Whole3::of(const Vec3 &real, float per_unit) {
  static constexpr float MOST = 1 << 27;  // leaves room for shifts and sums
  return {nearest(real.x * per_unit, MOST), nearest(real.y * per_unit, MOST),
          nearest(real.z * per_unit, MOST)};
}

Attitude Attitude::of(float w, float x, float y, float z) {
  static constexpr float ONE = 1 << TURN_BITS;
  return {nearest(w * ONE), nearest(x * ONE), nearest(y * ONE), nearest(z * ONE)};
}

Attitude Attitude::upright(const Vec3 &seen, float gain) {
  const float n2 = seen.norm2();
  if (n2 < 1e-12f) return {};
  const float share = gain / std::sqrt(n2);
  const float x = seen.x * share, y = seen.y * share, z = seen.z * share + 1.0f - gain;
  const float level2 = x * x + y * y, long_z = std::sqrt(level2 + z * z) + z;
  const float length2 = long_z * long_z + level2;
  if (length2 < 1e-6f) return {0, 1 << TURN_BITS, 0, 0};  // upside down: any axis across will do
  const float k = 1.0f / std::sqrt(length2);
  return of(long_z * k, y * k, -x * k, 0);
}

Whole3 Attitude::rotate_half(const Whole3 &v) const {
  return rotate_half_in_place(v);
}

Attitude Attitude::operator*(const Attitude &o) const {
  const auto whole = [](int32_t q28) { return q28 * 4; };
  return {whole(high(w, o.w) - high(x, o.x) - high(y, o.y) - high(z, o.z)),
          whole(high(w, o.x) + high(x, o.w) + high(y, o.z) - high(z, o.y)),
          whole(high(w, o.y) - high(x, o.z) + high(y, o.w) + high(z, o.x)),
          whole(high(w, o.z) + high(x, o.y) - high(y, o.x) + high(z, o.w))};
}

Whole3 Attitude::up_q30() const {
  return {(high(x, z) - high(w, y)) * 8, (high(y, z) + high(w, x)) * 8,
          (1 << TURN_BITS) - (high(x, x) + high(y, y)) * 8};
}

void Attitude::turn(const Whole3 &half_q32rad) {
  turn_in_place(half_q32rad);
}

void Attitude::turn_after(const Whole3 &half_q32rad) {
  Attitude mirrored = conjugate();
  mirrored.turn({-half_q32rad.x, -half_q32rad.y, -half_q32rad.z});
  *this = mirrored.conjugate();
}

void Attitude::straighten() {
  const int32_t length2_q28 = high(w, w) + high(x, x) + high(y, y) + high(z, z);
  const int32_t excess_q32 = (length2_q28 - (1 << 28)) * 8;  // half of it
  *this = {w - high(w, excess_q32), x - high(x, excess_q32), y - high(y, excess_q32),
           z - high(z, excess_q32)};
}

}  // namespace esphome::retrostep
