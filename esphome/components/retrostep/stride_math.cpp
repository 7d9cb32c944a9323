#include "stride_math.h"

namespace retrostep {

float wrap_angle(float rad) {
  return rad > kPi ? rad - 2.0f * kPi : rad < -kPi ? rad + 2.0f * kPi : rad;
}

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

// The library's functions are exact to the last bit and far outside a turn, at three times the work.

Heading Heading::of(float rad) {
  const float quarters = rad * (2.0f / kPi);
  const auto n = static_cast<int>(quarters < 0 ? quarters - 0.5f : quarters + 0.5f);
  const float r = rad - static_cast<float>(n) * (0.5f * kPi), r2 = r * r;
  const float s = r * (1.0f - r2 * (1.0f / 6 - r2 * (1.0f / 120 - r2 * (1.0f / 5040))));
  const float c = 1.0f - r2 * (0.5f - r2 * (1.0f / 24 - r2 * (1.0f / 720)));
  const Heading near = (n & 1) != 0 ? Heading{-s, c} : Heading{c, s};
  return (n & 2) != 0 ? Heading{-near.cos, -near.sin} : near;
}

Heading Heading::twice() const {
  return {cos * cos - sin * sin, 2.0f * cos * sin};
}

float angle_of(float x, float y) {
  const float ax = std::fabs(x), ay = std::fabs(y), most = std::max(ax, ay);
  if (most <= 0) return 0;
  const float a = std::min(ax, ay) / most, a2 = a * a;
  // A minimax polynomial of the arc tangent up to 45 degrees.
  constexpr float kTerms[] = {-0.01172120f, 0.05265332f,  -0.11643287f,
                              0.19354346f,  -0.33262347f, 0.99997726f};
  float rad = 0;
  for (const float term : kTerms) rad = rad * a2 + term;
  rad *= a;
  if (ay > ax) rad = 0.5f * kPi - rad;
  if (x < 0) rad = kPi - rad;
  return y < 0 ? -rad : rad;
}

}  // namespace retrostep
