#include "stride_math.h"

namespace esphome::retrostep {

Vec3 Vec3::operator+(const Vec3 &o) const {
  return {x + o.x, y + o.y, z + o.z};
}

Vec3 Vec3::operator-(const Vec3 &o) const {
  return {x - o.x, y - o.y, z - o.z};
}

Vec3 Vec3::operator*(float k) const {
  return {x * k, y * k, z * k};
}

float Vec3::dot(const Vec3 &o) const {
  return x * o.x + y * o.y + z * o.z;
}

Vec3 Vec3::cross(const Vec3 &o) const {
  return {y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x};
}

Vec3 Vec3::unit(const Vec3 &fallback) const {
  const float n2 = norm2();
  return n2 > 1e-12f ? *this * (1.0f / std::sqrt(n2)) : fallback;
}

}  // namespace esphome::retrostep
