/// What the search for the mounting promises, on motion with known truth.

#include <gtest/gtest.h>

#include "stride_motion.h"

namespace esphome::retrostep::testing {
namespace {

constexpr Gait FORWARD{.length_m = 1.0, .toe_down_deg = 10};
constexpr Gait BACKWARD{.length_m = -0.7, .toe_down_deg = 10};
/// Pitches as far up as down: tells nothing about its ends.
constexpr Gait EVEN{.length_m = 0.8};

Quat turned_deg(const Vec3 &axis, float deg) {
  const Vec3 unit = axis.unit({0, 0, 1});
  const float half = 0.5f * deg * RAD_PER_DEG, s = std::sin(half);
  return {std::cos(half), unit.x * s, unit.y * s, unit.z * s};
}

class StrideMountingTest : public ::testing::Test {
 protected:
  Sheet sheet;
  StrideCore core{sheet};
  Walker walker{core};

  void SetUp() override {
    core.find_mounting();
    walker.mounting = turned_deg({1, 2, -1}, 130);
    walker.stand(1);
  }
  /// Clips the pod on another way; as it moves without turning, the core thinks of a belt for a while.
  void clip_on(const Quat &mounting) {
    walker.mounting = mounting;
    walker.stand(6);
  }
  /// The pod's own view of the mounting the walker has.
  Mounting worn(float confidence) const {
    const Vec3 up = walker.mounting.rotate({0, 0, 1}), toe = walker.mounting.rotate({1, 0, 0});
    return {{up.x, up.y, up.z}, {toe.x, toe.y, toe.z}, confidence, false};
  }
  /// Cosine of the angle between the toe found and the toe.
  float toe_found() const {
    Mounting found{}, truth = worn(1);
    if (!core.mounting(found)) return 0;
    return found.toe[0] * truth.toe[0] + found.toe[1] * truth.toe[1] + found.toe[2] * truth.toe[2];
  }
  int undecided() const {
    int n = 0;
    for (const Stride &s : sheet.strides) n += s.undecided;
    return n;
  }
};

class StrideMountingTurnedTest : public StrideMountingTest, public ::testing::WithParamInterface<int> {};

TEST_P(StrideMountingTurnedTest, EveryMountingCountsTheSameStrides) {
  const Quat mountings[] = {{},
                            turned_deg({0, 0, 1}, 180),
                            turned_deg({0, 1, 0}, 180),
                            turned_deg({1, 0, 0}, 180),
                            turned_deg({0, 0, 1}, 90),
                            turned_deg({0, 1, 0}, 90),
                            turned_deg({1, -3, 2}, 77),
                            turned_deg({-1, 1, 5}, 222)};
  clip_on(mountings[GetParam()]);
  walker.stand(1);
  walker.walk(12, FORWARD);
  walker.stand(4);
  walker.walk(15, BACKWARD);
  walker.stand(4);
  core.finish();
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 12);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 15);
  EXPECT_EQ(sheet.counted(), 27);
  EXPECT_GT(toe_found(), 0.99f);
}

INSTANTIATE_TEST_SUITE_P(Mountings, StrideMountingTurnedTest, ::testing::Range(0, 8));

TEST_F(StrideMountingTest, AWalkerWhoOnlyWalksBackwardIsUnderstood) {
  walker.walk(20, BACKWARD);
  core.finish();
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 20);
  EXPECT_EQ(sheet.counted(), 20);
}

TEST_F(StrideMountingTest, StridesWaitUntilTheMountingIsSureAndAreCreditedThen) {
  walker.walk(3, BACKWARD);
  EXPECT_TRUE(sheet.strides.empty());
  EXPECT_LT(core.direction_confidence(), 0.97f);
  walker.walk(9, BACKWARD);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 12);
  EXPECT_GT(core.direction_confidence(), 0.97f);
  for (size_t i = 1; i < sheet.strides.size(); ++i)
    EXPECT_GE(sheet.strides[i].start_us, sheet.strides[i - 1].end_us);
  EXPECT_NEAR(sheet.metres(Direction::BACKWARD), 8.4, 0.15);
}

TEST_F(StrideMountingTest, AnEvenGaitStaysUndecidedAndCountsNowhere) {
  walker.walk(20, EVEN);
  core.finish();
  EXPECT_EQ(sheet.counted(), 0);
  EXPECT_EQ(undecided(), 20);
}

TEST_F(StrideMountingTest, WhatDoesNotFitTheMemoryIsCreditedAsUndecided) {
  walker.walk(80, EVEN);
  EXPECT_EQ(undecided(), 80 - 64);
  core.calibrate_forward();
  walker.stand(4);
  walker.walk(4, EVEN);
  walker.stand(4);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 64 + 1);  // the last one needed no place
  EXPECT_EQ(sheet.counted() + undecided(), 84);
}

TEST_F(StrideMountingTest, EightStepsForwardSettleWhatTheGaitCanNot) {
  walker.walk(10, EVEN);
  core.calibrate_forward();
  walker.walk(4, EVEN);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 14);
  EXPECT_GT(toe_found(), 0.99f);
  EXPECT_GT(core.direction_confidence(), 0.99f);
}

TEST_F(StrideMountingTest, EightStepsForwardOverruleTheEvidence) {
  const Gait odd{.length_m = 0.8, .toe_down_deg = -10};  // forward, with the pitch of walking backward
  walker.walk(10, odd);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 10);
  walker.stand(4);
  core.calibrate_forward();
  walker.walk(80, odd);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 80);
}

TEST_F(StrideMountingTest, WhatTheWalkerToldIsLearnedAsTold) {
  core.calibrate_forward();
  walker.walk(4, EVEN);
  Mounting found{};
  ASSERT_TRUE(core.mounting(found));
  EXPECT_TRUE(found.calibrated);
  core.use_mounting(found);
  walker.stand(4);
  walker.walk(80, {.length_m = 0.8, .toe_down_deg = -10});
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 84);
}

TEST_F(StrideMountingTest, ACalibrationThatIsNotWalkedEnds) {
  walker.walk(10, FORWARD);
  walker.stand(4);
  core.calibrate_forward();
  walker.stand(61);
  walker.walk(5, BACKWARD);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 10);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 5);
}

TEST_F(StrideMountingTest, ALearnedMountingCountsFromTheFirstStride) {
  core.use_mounting(worn(0.99f));
  walker.walk(2, BACKWARD);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 2);
}

TEST_F(StrideMountingTest, AFewStridesAskewHardlyTurnALearnedAxis) {
  core.use_mounting(worn(0.99f));
  walker.walk(3, {.length_m = 1.0, .side_m = 0.5, .toe_down_deg = 10});
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 3);
  EXPECT_GT(toe_found(), std::cos(5.0f * RAD_PER_DEG));
}

TEST_F(StrideMountingTest, WhoDodgesSidewaysAndBackIsMeasuredByHowTheFootTurns) {
  for (int i = 0; i < 6; ++i) {
    walker.walk(2, {.length_m = 1.0, .side_m = 0.6, .toe_down_deg = 10});
    walker.walk(1, {.length_m = 1.0, .side_m = -0.3, .toe_down_deg = 10});
  }
  EXPECT_GT(sheet.counted(Direction::FORWARD), 0);
  EXPECT_GT(toe_found(), std::cos(8.0f * RAD_PER_DEG));  // of a course that is 17 degrees off
}

TEST_F(StrideMountingTest, AMountingLearnedWithDoubtWaitsForMore) {
  core.use_mounting(worn(0.6f));
  walker.walk(2, EVEN);
  EXPECT_TRUE(sheet.strides.empty());
  core.finish();
  EXPECT_EQ(undecided(), 2);
}

TEST_F(StrideMountingTest, WhatWasFoundCanBeLearned) {
  walker.walk(10, FORWARD);
  Mounting found{};
  ASSERT_TRUE(core.mounting(found));
  core.use_mounting(found);
  walker.stand(4);
  walker.walk(2, BACKWARD);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 2);
}

TEST_F(StrideMountingTest, NothingIsKnownBeforeTheFirstStrides) {
  Mounting found{};
  EXPECT_FALSE(core.mounting(found));
  EXPECT_FLOAT_EQ(core.direction_confidence(), 0.5f);
}

TEST_F(StrideMountingTest, APodClippedOnAnewIsFoundAnew) {
  walker.walk(10, FORWARD);
  walker.stand(4);
  clip_on(turned_deg({0, 1, 0}, 40) * turned_deg({0, 0, 1}, 180) * walker.mounting);
  walker.stand(4);
  walker.walk(20, BACKWARD);
  core.finish();
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 10);
  EXPECT_GE(sheet.counted(Direction::BACKWARD), 17);
  EXPECT_EQ(sheet.counted() + undecided(), 30);
}

TEST_F(StrideMountingTest, APodTiltedBetweenTwoWalksLosesNoStride) {
  for (const float tilt_deg : {30.0f, 45.0f, 80.0f}) {
    sheet.strides.clear();
    walker.walk(12, FORWARD);
    walker.stand(6);
    walker.mounting = turned_deg({1, 0, 0}, tilt_deg) * walker.mounting;
    walker.stand(6);
    walker.walk(12, FORWARD);
    walker.walk(12, BACKWARD);
    walker.stand(6);
    EXPECT_EQ(sheet.counted(Direction::FORWARD), 24) << tilt_deg;
    EXPECT_EQ(sheet.counted(Direction::BACKWARD), 12) << tilt_deg;
  }
}

TEST_F(StrideMountingTest, APodTurnedInItsPlaneComesIntoDoubtAndIsFoundAgain) {
  clip_on({});
  walker.stand(4);
  walker.walk(10, FORWARD);
  walker.stand(4);
  clip_on(turned_deg({0, 0, 1}, 180));
  walker.walk(60, FORWARD);
  core.finish();
  EXPECT_GT(toe_found(), 0.99f);
  EXPECT_GE(sheet.counted(Direction::FORWARD), 10 + 55);
}

TEST_F(StrideMountingTest, WhatBothDirectionsShowAddsUp) {
  constexpr float ONE_DIRECTION_AT_MOST = 0.9982f;  // 6 log-odds, and 0.3 as most walking is forward
  walker.walk(40, {.length_m = 1.2, .pitch_deg = 40, .toe_down_deg = 20});
  EXPECT_LT(core.direction_confidence(), ONE_DIRECTION_AT_MOST);
  walker.stand(4);
  walker.walk(40, {.length_m = -0.9, .pitch_deg = 40, .toe_down_deg = 20});
  EXPECT_GT(core.direction_confidence(), 0.999f);
}

TEST_F(StrideMountingTest, SideStepsDoNotMoveADecidedMounting) {
  walker.walk(10, FORWARD);
  walker.walk(30, {.length_m = 0.02, .side_m = 0.5});
  walker.walk(5, BACKWARD);
  core.finish();
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 10);
  EXPECT_EQ(sheet.counted(Direction::LEFT), 30);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 5);
}

TEST_F(StrideMountingTest, BrokenSamplesDoNotSpoilWhatIsLearned) {
  for (int round = 0; round < 5; ++round) {
    walker.walk(2, FORWARD);
    for (int i = 0; i < 20; ++i) walker.emit(1e30 * (i % 3 - 1), 0, G, 0, 1e18 * (i % 2), -1e30);
    for (int i = 0; i < 50; ++i) walker.emit(0, 0, G, 30, -30, 30);
    walker.stand(1);
  }
  walker.walk(20, FORWARD);
  core.finish();
  EXPECT_GT(toe_found(), 0.99f);
  EXPECT_GE(sheet.counted(Direction::FORWARD), 18);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 0);
}

TEST_F(StrideMountingTest, AKnownMountingThatTheWalkContradictsCountsNothingBackward) {
  core.use_known_mounting();
  clip_on(turned_deg({0, 0, 1}, 180));
  walker.stand(1);
  walker.walk(10, {.length_m = 1.2, .pitch_deg = 60, .toe_down_deg = 30});
  core.finish();
  EXPECT_EQ(sheet.counted(), 0);
  EXPECT_EQ(undecided(), 10);
}

TEST_F(StrideMountingTest, AKnownMountingNeedsNoEvidence) {
  core.use_known_mounting();
  clip_on({});
  walker.stand(1);
  walker.walk(2, {.length_m = -0.8});
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 2);
}

TEST(HeldStridesTest, AStrideComesBackAsItWasPutIn) {
  HeldStrides held;
  OpenStride open{};
  open.stride.start_us = 0x1'ffff'f000;  // the low half wraps within the stride
  open.stride.end_us = 0x2'0000'8000;
  open.stride.length_m = 1.2345f;
  open.stride.yaw_deg = -33.3f;
  open.stride.dz_m = -0.123f;
  open.stride.peak_dps = 512.3f;
  open.stride.length_valid = true;
  open.heading = turns(-177);
  open.turn = true;
  for (int round = 0; round < 100; ++round) {
    held.push(open);
    held.push(open);
    const OpenStride back = held.pop(0x2'8000'0000);
    EXPECT_EQ(back.stride.start_us, open.stride.start_us);
    EXPECT_EQ(back.stride.end_us, open.stride.end_us);
    EXPECT_NEAR(back.stride.length_m, 1.2345f, 1e-4f);
    EXPECT_NEAR(back.stride.yaw_deg, -33.3f, 1e-2f);
    EXPECT_NEAR(back.stride.dz_m, -0.123f, 1e-4f);
    EXPECT_NEAR(back.stride.peak_dps, 512.3f, 0.1f);
    EXPECT_NEAR(back.heading, turns(-177), turns(0.01f));
    EXPECT_TRUE(back.stride.length_valid);
    EXPECT_TRUE(back.turn);
    held.pop(0x2'8000'0000);
    EXPECT_TRUE(held.empty());
  }
}

}  // namespace
}  // namespace esphome::retrostep::testing
