/// What the stride core does about readings that never came.

#include <gtest/gtest.h>

#include "stride_motion.h"

namespace esphome::retrostep::testing {
namespace {

class StrideGapTest : public ::testing::Test {
 protected:
  Sheet sheet;
  StrideCore core{sheet};
  Walker walker{core};

  /// Strides that each miss the readings from `at_s` after their start on.
  void walk_with_gaps(int strides, const Gait &gait, double at_s, double lost_s = 0.08) {
    for (int i = 0; i < strides; ++i) {
      walker.drop_from_s = walker.time_s + at_s;
      walker.drop_until_s = walker.drop_from_s + lost_s;
      walker.walk(1, gait);
    }
  }
};

TEST_F(StrideGapTest, ALostTenthOfASecondCostsNoStride) {
  walker.stand(1);
  walk_with_gaps(8, {.length_m = -0.8}, 0.3);
  walker.stand(1);
  core.finish();
  EXPECT_GE(sheet.counted(Direction::BACKWARD), 7);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 0);
  EXPECT_EQ(core.gap_count(), 0u);
  for (const Stride &stride : sheet.strides) EXPECT_FALSE(stride.length_valid);
}

class StrideGapAtTest : public StrideGapTest, public ::testing::WithParamInterface<double> {};

TEST_P(StrideGapAtTest, AGapInAQuickSwingCostsNoStride) {
  walker.stand(1);
  walk_with_gaps(8, {.length_m = -0.9, .pitch_deg = 60, .toe_down_deg = 20, .swing_s = 0.5}, GetParam());
  walker.stand(4);
  core.finish();
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 8);
  EXPECT_EQ(sheet.counted(), 8);
}

INSTANTIATE_TEST_SUITE_P(WholeSwing, StrideGapAtTest,
                         ::testing::Values(0.02, 0.08, 0.14, 0.20, 0.26, 0.32, 0.38, 0.44));

TEST_F(StrideGapTest, AKickThatAGapCutsIsNoStep) {
  walker.stand(1);
  for (const double at_s : {0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7})
    walk_with_gaps(4, {.length_m = 0, .lift_m = 0.3, .reach_m = 0.8, .pitch_deg = 60, .swing_s = 0.8}, at_s);
  walker.stand(4);
  core.finish();
  EXPECT_EQ(sheet.counted(), 0);
}

TEST_F(StrideGapTest, ALongGapEndsTheStrideItHitsAndIsTold) {
  walker.stand(1);
  walker.walk(3, {.length_m = -0.8});
  walk_with_gaps(1, {.length_m = -0.8}, 0.2, 0.3);
  walker.walk(3, {.length_m = -0.8});
  walker.stand(1);
  core.finish();
  EXPECT_EQ(core.gap_count(), 1u);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 6);
}

}  // namespace
}  // namespace esphome::retrostep::testing
