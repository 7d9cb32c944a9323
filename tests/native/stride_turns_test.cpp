/// Angles in whole numbers against the library's.

#include "stride_turns.h"

#include <gtest/gtest.h>

#include <cmath>

namespace esphome::retrostep {
namespace {

constexpr double TURN = 4294967296.0;
constexpr double TAU = 6.283185307179586;

TEST(StrideTurnsTest, ADirectionIsThatOfItsAngle) {
  for (int64_t angle = INT32_MIN; angle <= INT32_MAX; angle += 12345678) {
    const Level at = direction_q30(static_cast<int32_t>(angle));
    const double rad = static_cast<double>(angle) / TURN * TAU;
    ASSERT_NEAR(at.x / 1073741824.0, std::cos(rad), 4e-5) << angle;
    ASSERT_NEAR(at.y / 1073741824.0, std::sin(rad), 4e-5) << angle;
  }
}

TEST(StrideTurnsTest, ThePlacesOfADirectionHaveItsAngleNearAndFar) {
  for (const double far : {50.0, 4000.0, 3e7, 2.1e9}) {
    for (double rad = -3.14; rad < 3.15; rad += 0.01) {
      const auto x = static_cast<int32_t>(std::lround(far * std::cos(rad)));
      const auto y = static_cast<int32_t>(std::lround(far * std::sin(rad)));
      const double true_turns = std::atan2(y, x) / TAU * TURN;
      const double off = std::remainder(static_cast<double>(angle_of(x, y)) - true_turns, TURN);
      ASSERT_NEAR(off * 360.0 / TURN, 0.0, far < 100 ? 5.0 : far < 1e4 ? 0.1 : 0.003) << far << ' ' << rad;
    }
  }
  EXPECT_EQ(angle_of(0, 0), 0);
  EXPECT_GT(turn_size(angle_of(INT32_MIN, 0)), turn_size(turns(179.99f)));
}

TEST(StrideTurnsTest, AnglesWrapByThemselves) {
  EXPECT_NEAR(turned(turns(170), turns(20)), turns(-170), 1000);
  EXPECT_NEAR(turns_between(turns(170), turns(-170)), turns(20), 1000);
  EXPECT_EQ(turn_size(INT32_MIN), 1u << 31);
  EXPECT_EQ(turn_size(turns(-30)), turn_size(turns(30)));
}

}  // namespace
}  // namespace esphome::retrostep
