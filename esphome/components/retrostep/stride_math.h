#pragma once
/// Vectors and quaternions of the stride core: single precision, no trigonometry in the sample path.

#include <algorithm>
#include <cmath>

namespace retrostep {

constexpr float kPi = 3.14159265f;
constexpr float kGravity = 9.80665f;  // m/s², standard gravity: turns g into m/s²
constexpr float kRadPerDeg = kPi / 180.0f;
constexpr float kDegPerRad = 180.0f / kPi;

/// The same angle within -π .. π, for angles up to one turn outside.
constexpr float wrap_angle(float rad) {
  return rad > kPi ? rad - 2.0f * kPi : rad < -kPi ? rad + 2.0f * kPi : rad;
}

struct Vec3 {
  float x{0}, y{0}, z{0};

  Vec3 operator+(const Vec3 &o) const { return {x + o.x, y + o.y, z + o.z}; }
  Vec3 operator-(const Vec3 &o) const { return {x - o.x, y - o.y, z - o.z}; }
  Vec3 operator*(float k) const { return {x * k, y * k, z * k}; }
  Vec3 &operator+=(const Vec3 &o) {
    x += o.x, y += o.y, z += o.z;
    return *this;
  }
  float dot(const Vec3 &o) const { return x * o.x + y * o.y + z * o.z; }
  Vec3 cross(const Vec3 &o) const { return {y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x}; }
  float norm2() const { return dot(*this); }
  float norm() const { return std::sqrt(norm2()); }
  /// The direction of the vector; `fallback` for one too short to have any.
  Vec3 unit(const Vec3 &fallback) const {
    const float n2 = norm2();
    return n2 > 1e-12f ? *this * (1.0f / std::sqrt(n2)) : fallback;
  }
};

/// A direction in a plane.
struct Heading {
  float cos, sin;

  /// For angles up to some turns, to 4e-6.
  static Heading of(float rad);
  /// Twice as far from (1, 0).
  Heading twice() const { return {cos * cos - sin * sin, 2.0f * cos * sin}; }
};

/// The angle of (x, y), rad, to 3e-6.
float angle_of(float x, float y);

}  // namespace retrostep
