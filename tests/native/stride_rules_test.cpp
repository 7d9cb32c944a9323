/// Rules about what a foot can't do while it walks, and what must not become distance.

#include <gtest/gtest.h>

#include "stride_motion.h"

namespace esphome::retrostep::testing {
namespace {

class StrideRulesTest : public ::testing::Test {
 protected:
  Sheet sheet;
  StrideCore core{sheet};
  Walker walker{core};

  void walk_and_stop(const Gait &gait, int strides) {
    walker.stand(1);
    walker.walk(strides, gait);
    walker.stand(4);
    core.finish();
  }
  int direction_of_all(Direction direction) const {
    int n = 0;
    for (const Stride &stride : sheet.strides) n += stride.direction == direction;
    return n;
  }
};

TEST_F(StrideRulesTest, AShoeThatComesToRestOnItsSideIsInAHand) {
  // Each swing ends tipped by more than a foot rests; the next one tips it back.
  walker.stand(1);
  for (int i = 0; i < 10; ++i) {
    const double tip_deg = i % 2 == 0 ? 45 : -45;
    walker.walk(1, {.length_m = 0.6, .pitch_deg = 10, .tip_deg = tip_deg});
  }
  walker.stand(4);
  core.finish();
  EXPECT_EQ(sheet.counted(), 0);
}

TEST_F(StrideRulesTest, AFootThatRestsALittleTippedWalks) {
  walker.stand(1);
  for (int i = 0; i < 10; ++i) {
    const double tip_deg = i % 2 == 0 ? 12 : -12;
    walker.walk(1, {.length_m = 0.8, .pitch_deg = 20, .tip_deg = tip_deg});
  }
  walker.stand(4);
  core.finish();
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 10);
}

TEST_F(StrideRulesTest, AFootThatEndsAsFastAsItWentSwingsWithAChair) {
  // Half a metre per second is left at each end, a little less than its top speed.
  walk_and_stop(
      {.length_m = 0.4, .lift_m = 0.02, .pitch_deg = 20, .swing_s = 1.6, .stance_s = 0.1, .slip_ms = 0.6}, 8);
  EXPECT_EQ(sheet.counted(), 0);
}

TEST_F(StrideRulesTest, ClimbingForwardCountsAsForwardWithItsDistance) {
  walk_and_stop({.length_m = 0.55, .climb_m = 0.34, .lift_m = 0.05}, 6);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 6);
  EXPECT_NEAR(sheet.metres(Direction::FORWARD), 3.3, 0.2);
}

TEST_F(StrideRulesTest, ClimbingBackwardCountsStepsButNoDistance) {
  walk_and_stop({.length_m = -0.55, .climb_m = 0.34, .lift_m = 0.05}, 6);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 6);
  EXPECT_EQ(sheet.metres(Direction::BACKWARD), 0);
}

TEST_F(StrideRulesTest, ALowKerbBackwardIsStillDistance) {
  walk_and_stop({.length_m = -0.6, .climb_m = 0.08, .lift_m = 0.05}, 6);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 6);
  EXPECT_NEAR(sheet.metres(Direction::BACKWARD), 3.6, 0.2);
}

TEST_F(StrideRulesTest, WhatRisesHigherThanTwoStepsIsNoStride) {
  walk_and_stop({.length_m = 0.5, .climb_m = 0.8, .lift_m = 0.0}, 6);
  EXPECT_EQ(sheet.counted(), 0);
}

TEST_F(StrideRulesTest, BouncingShufflesBackwardCount) {
  walk_and_stop({.length_m = -0.3, .lift_m = 0.04, .pitch_deg = 15, .swing_s = 0.7, .stance_s = 0.02}, 12);
  EXPECT_GE(sheet.counted(Direction::BACKWARD), 11);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 0);
  EXPECT_NEAR(sheet.metres(Direction::BACKWARD), 0.3 * sheet.counted(), 0.4);
}

TEST_F(StrideRulesTest, StridesBackwardThatWereHeldBackAreCreditedOnceTheMountingIsSure) {
  core.find_mounting();
  walker.stand(1);
  walker.walk(4, {.length_m = -0.7, .pitch_deg = 15, .toe_down_deg = -10});
  EXPECT_TRUE(sheet.strides.empty());
  walker.walk(20, {.length_m = 1.2, .pitch_deg = 30, .toe_down_deg = 25});
  EXPECT_EQ(direction_of_all(Direction::BACKWARD), 4);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 4);
  walker.stand(4);
  core.finish();
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 20);
}

}  // namespace
}  // namespace esphome::retrostep::testing
