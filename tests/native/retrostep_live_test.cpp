/// When the pod publishes what.

#include "retrostep_live.h"

#include <gtest/gtest.h>

namespace esphome::retrostep {
namespace {

/// A walker and the main loop of a pod, 100 turns a second; counts what is published.
class Walk {
 public:
  void strides(int n, double period_s, Direction direction = Direction::BACKWARD, float length_m = 1.1f) {
    for (int i = 0; i < n; i++) {
      const uint64_t start_us = now_us_;
      pass(period_s);
      Stride stride{};
      stride.start_us = start_us;
      stride.end_us = now_us_;
      stride.direction = direction;
      stride.length_m = length_m;
      stride.counted = stride.length_valid = true;
      live_.add(stride);
      turn();
    }
  }
  void pass(double seconds) {
    for (const uint64_t end_us = now_us_ + static_cast<uint64_t>(seconds * 1e6); now_us_ < end_us;) {
      now_us_ += 10000;
      turn();
    }
  }

  Live live_;
  int steps{0}, totals{0}, gait{0}, device{0};
  double least_between_steps_s{1e9}, least_between_totals_s{1e9};

 private:
  void turn() {
    const Due due = live_.due(now_us_, static_cast<uint32_t>(now_us_ / 1000), false);
    const double now_s = static_cast<double>(now_us_) * 1e-6;
    if (due.steps) {
      if (steps++ > 0) least_between_steps_s = std::min(least_between_steps_s, now_s - last_steps_s_);
      last_steps_s_ = now_s;
    }
    if (due.totals) {
      if (totals++ > 0) least_between_totals_s = std::min(least_between_totals_s, now_s - last_totals_s_);
      last_totals_s_ = now_s;
    }
    gait += due.gait;
    device += due.device;
  }
  uint64_t now_us_{1000000};
  double last_steps_s_{0}, last_totals_s_{0};
};

TEST(Live, BackwardStepsFollowEveryStride) {
  Walk walk;
  walk.strides(100, 1.1);
  EXPECT_EQ(walk.steps, 100);
}

TEST(Live, BackwardStepsAreAQuarterOfASecondApart) {
  Walk walk;
  walk.strides(100, 0.1);
  walk.pass(1);
  EXPECT_GT(walk.least_between_steps_s, 0.249);
  EXPECT_GE(walk.steps, 30);
}

TEST(Live, ForwardStridesPublishNoBackwardSteps) {
  Walk walk;
  walk.strides(100, 1.1, Direction::FORWARD);
  walk.pass(2);
  EXPECT_EQ(walk.steps, 0);
}

TEST(Live, WalkingBackwardEndsWhereTheWalkerTurnsRoundWithoutAPause) {
  Walk walk;
  walk.strides(10, 1.1);
  EXPECT_TRUE(walk.live_.walking_backward());
  const int told = walk.steps;
  walk.strides(1, 1.1, Direction::FORWARD);
  EXPECT_FALSE(walk.live_.walking_backward());
  EXPECT_EQ(walk.steps, told + 1);
}

TEST(Live, SumsComeEveryTwentySecondsGaitEveryThirtyAndBothWhenTheBoutEnds) {
  Walk walk;
  walk.strides(97, 1.1);  // 107 s
  EXPECT_GT(walk.least_between_totals_s, 19.99);
  EXPECT_GE(walk.totals, 5);
  EXPECT_LE(walk.totals, 6);
  EXPECT_LE(walk.gait, 4);
  const int totals = walk.totals;
  const int gait = walk.gait;
  walk.pass(60);
  EXPECT_EQ(walk.totals, totals + 1);
  EXPECT_EQ(walk.gait, gait + 1);
}

TEST(Live, WhoTurnsRoundAndWalksOnIsToldOfAfterTenSeconds) {
  Walk walk;
  walk.strides(20, 1.1);
  walk.pass(4);
  const int told = walk.totals;  // the end of the walk backward
  walk.strides(8, 1.1, Direction::FORWARD);
  EXPECT_EQ(walk.totals, told);
  walk.strides(2, 1.1, Direction::FORWARD);
  EXPECT_EQ(walk.totals, told + 1);
  walk.strides(16, 1.1, Direction::FORWARD);
  EXPECT_EQ(walk.totals, told + 1);  // from now on every 20 s
  walk.strides(3, 1.1, Direction::FORWARD);
  EXPECT_EQ(walk.totals, told + 2);
}

TEST(Live, ABoutEndsThreeSecondsAfterItsLastStride) {
  Walk walk;
  walk.strides(10, 1.1);
  walk.pass(2.9);
  EXPECT_TRUE(walk.live_.walking_backward());
  const int steps = walk.steps;
  walk.pass(0.2);
  EXPECT_FALSE(walk.live_.walking_backward());
  EXPECT_EQ(walk.steps, steps + 1);  // Walking backward goes off
  EXPECT_EQ(walk.live_.cadence_spm(), 0.0f);
  EXPECT_EQ(walk.live_.speed_m_s(), 0.0f);
  EXPECT_NEAR(walk.live_.stride_length_m(), 1.1f, 1e-3f);
}

TEST(Live, TurningRoundEndsTheBout) {
  Walk walk;
  walk.strides(5, 1.1);
  EXPECT_TRUE(walk.live_.walking_backward());
  const int totals = walk.totals;
  walk.strides(1, 1.1, Direction::FORWARD);
  EXPECT_FALSE(walk.live_.walking_backward());
  EXPECT_TRUE(walk.live_.walking());
  EXPECT_EQ(walk.totals, totals + 1);
}

TEST(Live, CadenceAndSpeedAreThoseOfTheLastStrides) {
  Walk walk;
  walk.strides(20, 2.0, Direction::BACKWARD, 0.8f);
  walk.strides(8, 1.0, Direction::BACKWARD, 1.0f);
  EXPECT_NEAR(walk.live_.cadence_spm(), 120.0f, 0.5f);
  EXPECT_NEAR(walk.live_.speed_m_s(), 1.0f, 0.01f);
  EXPECT_NEAR(walk.live_.stride_length_m(), 1.0f, 0.01f);
}

}  // namespace
}  // namespace esphome::retrostep
