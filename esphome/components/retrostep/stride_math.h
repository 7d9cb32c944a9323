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

/// Rotation from the pod's axes to the axes of the stride.
struct Quat {
  float w{1}, x{0}, y{0}, z{0};

  Quat operator*(const Quat &o) const {
    return {w * o.w - x * o.x - y * o.y - z * o.z, w * o.x + x * o.w + y * o.z - z * o.y,
            w * o.y - x * o.z + y * o.w + z * o.x, w * o.z + x * o.y - y * o.x + z * o.w};
  }
  Quat conjugate() const { return {w, -x, -y, -z}; }
  Vec3 rotate(const Vec3 &v) const {
    const Vec3 u{x, y, z};
    const Vec3 t = u.cross(v) * 2.0f;
    return v + t * w + u.cross(t);
  }
  /// Appends a turn of twice `half` (rad, in pod axes); second order in the angle, see straighten().
  void turn(const Vec3 &half) {
    const float k = 1.0f - 0.5f * half.norm2();
    *this = {w * k - x * half.x - y * half.y - z * half.z, x * k + w * half.x + y * half.z - z * half.y,
             y * k + w * half.y + z * half.x - x * half.z, z * k + w * half.z + x * half.y - y * half.x};
  }
  /// Pulls the length back to one, from which turns slowly lead away.
  void straighten() {
    const float pull = 1.5f - 0.5f * (w * w + x * x + y * y + z * z);
    *this = {w * pull, x * pull, y * pull, z * pull};
  }
  /// The shortest rotation that takes unit vector `from` to unit vector `to`.
  static Quat between(const Vec3 &from, const Vec3 &to) {
    const float c = from.dot(to);
    if (c < -0.9999f) {  // opposite: any axis across will do
      const Vec3 side = std::fabs(from.x) < 0.9f ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
      const Vec3 axis = from.cross(side).unit({0, 0, 1});
      return {0, axis.x, axis.y, axis.z};
    }
    const Vec3 axis = from.cross(to);
    const float k = 1.0f / std::sqrt(2.0f * (1.0f + c));
    return {(1.0f + c) * k, axis.x * k, axis.y * k, axis.z * k};
  }
};

}  // namespace retrostep
