#pragma once
/// Vectors and angles of the stride core: single precision. Nothing of it is done with every sample, so that
/// it is code to call, not to repeat.

#include <algorithm>
#include <cmath>

namespace esphome::retrostep {

constexpr float PI_F = 3.14159265f;
constexpr float GRAVITY = 9.80665f;  // m/s², standard gravity: turns g into m/s²
constexpr float RAD_PER_DEG = PI_F / 180.0f;
constexpr float DEG_PER_RAD = 180.0f / PI_F;

struct Vec3 {
  float x{0}, y{0}, z{0};

  Vec3 operator+(const Vec3 &o) const;
  Vec3 operator-(const Vec3 &o) const;
  Vec3 operator*(float k) const;
  Vec3 &operator+=(const Vec3 &o) { return *this = *this + o; }
  float dot(const Vec3 &o) const;
  Vec3 cross(const Vec3 &o) const;
  float norm2() const { return dot(*this); }
  float norm() const { return std::sqrt(norm2()); }
  /// The direction of the vector; `fallback` for one too short to have any.
  Vec3 unit(const Vec3 &fallback) const;
};

}  // namespace esphome::retrostep
