/// What proves a walk, and what a foot does that only looks like two steps.

#include <gtest/gtest.h>

#include "stride_motion.h"

namespace esphome::retrostep::testing {
namespace {

constexpr Gait SHORT_STEP_BACK{
    .length_m = -0.15, .lift_m = 0.03, .pitch_deg = 10, .swing_s = 0.6, .stance_s = 0.7};

Gait with_length(Gait gait, double length_m) {
  gait.length_m = length_m;
  return gait;
}
Gait with_stance(Gait gait, double stance_s) {
  gait.stance_s = stance_s;
  return gait;
}

class StrideProofTest : public ::testing::Test {
 protected:
  Sheet sheet;
  StrideCore core{sheet};
  Walker walker{core};

  void SetUp() override { walker.stand(2); }
  int counted() {
    walker.stand(6);
    core.finish();
    return sheet.counted();
  }
  /// A foot that is set here and there under a desk.
  void set_here_and_there(int times) {
    for (int i = 0; i < times; ++i)
      walker.walk(1, with_stance(with_length(SHORT_STEP_BACK, i % 2 == 0 ? 0.2 : -0.2), 6));
  }
};

TEST_F(StrideProofTest, AFootSetBackTwiceIsNoWalk) {
  for (const double pause_s : {0.3, 1.0, 2.0, 2.8}) {
    walker.walk(2, with_stance(SHORT_STEP_BACK, pause_s));
    walker.stand(60);
  }
  EXPECT_EQ(counted(), 0);
}

TEST_F(StrideProofTest, ThreeShortStepsBackInRhythmAreAWalkAndAllOfThemCount) {
  walker.walk(3, SHORT_STEP_BACK);
  EXPECT_EQ(counted(), 3);
}

TEST_F(StrideProofTest, ThreeMovesBackOutOfRhythmAreNone) {
  walker.walk(1, with_stance(SHORT_STEP_BACK, 0.3));
  walker.walk(1, with_stance(with_length(SHORT_STEP_BACK, -0.3), 2.0));
  walker.walk(1, with_length(SHORT_STEP_BACK, -0.12));
  EXPECT_EQ(counted(), 0);
}

TEST_F(StrideProofTest, TwoStridesFurtherThanASeatedFootReachesAreAWalk) {
  walker.walk(2, {.length_m = -0.7, .pitch_deg = 25});
  EXPECT_EQ(counted(), 2);
}

TEST_F(StrideProofTest, AsFarWithoutRollingTheFootWasCarriedOrPushed) {
  walker.walk(2, {.length_m = -0.7, .pitch_deg = 7});
  EXPECT_EQ(counted(), 0);
}

TEST_F(StrideProofTest, AStiffFootThatGoesOnIsAWalk) {
  walker.walk(5, {.length_m = -0.7, .pitch_deg = 7});
  EXPECT_EQ(counted(), 5);
}

TEST_F(StrideProofTest, ARestlessFootMustShowMore) {
  set_here_and_there(4);
  walker.walk(3, SHORT_STEP_BACK);
  walker.stand(6);
  EXPECT_EQ(counted(), 0);
}

TEST_F(StrideProofTest, ButLosesNothingOfALongerWalk) {
  set_here_and_there(4);
  walker.walk(6, SHORT_STEP_BACK);
  EXPECT_EQ(counted(), 6);
}

TEST_F(StrideProofTest, OfFourStridesInRhythmOneMayBeLost) {
  walker.walk(2, SHORT_STEP_BACK);
  walker.stand(SHORT_STEP_BACK.swing_s + SHORT_STEP_BACK.stance_s + 0.2);  // as long as one more
  walker.walk(2, SHORT_STEP_BACK);
  EXPECT_EQ(counted(), 4);
}

TEST_F(StrideProofTest, RightAfterAWalkTwoStridesGoOnWithIt) {
  walker.walk(3, SHORT_STEP_BACK);
  walker.stand(4);
  walker.walk(2, SHORT_STEP_BACK);
  EXPECT_EQ(counted(), 5);
}

TEST_F(StrideProofTest, AStrideThatTurnsAndGoesTheOtherWayBeginsTheWalkThatFollows) {
  walker.walk(3, {.length_m = 0.8});
  walker.walk(1, {.length_m = -0.6, .yaw_deg = 75});
  walker.walk(2, {.length_m = -0.6});
  EXPECT_EQ(counted(), 6);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 3);
}

TEST_F(StrideProofTest, OneThatTurnsAndGoesAnotherWayDoesNot) {
  walker.walk(3, {.length_m = 0.8});
  walker.walk(1, {.length_m = 0, .side_m = 0.5, .yaw_deg = 75});
  walker.walk(2, {.length_m = -0.6});
  EXPECT_EQ(counted(), 5);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 2);
}

TEST_F(StrideProofTest, ATurnAfterWhichNobodyWalksCountsNothing) {
  walker.walk(3, {.length_m = 0.8});
  walker.walk(1, {.length_m = -0.6, .yaw_deg = 75});
  EXPECT_EQ(counted(), 3);
}

TEST_F(StrideProofTest, AFootThatCreepsBackInRhythmAndIsDrawnForwardAgainDoesNotWalk) {
  for (const double pause_s : {1.0, 5.0, 20.0}) {
    for (int times = 0; times < 4; ++times) {
      walker.walk(4, SHORT_STEP_BACK);
      walker.stand(pause_s);
      walker.walk(4, with_length(SHORT_STEP_BACK, 0.15));
      walker.stand(pause_s);
    }
    walker.walk(1, with_length(SHORT_STEP_BACK, -0.2));
    walker.stand(300);
  }
  EXPECT_EQ(counted(), 0);
}

TEST_F(StrideProofTest, AShortWalkIsOnTrialUntilTheFootHasNotComeBack) {
  walker.walk(4, SHORT_STEP_BACK);
  walker.stand(parameters::TRIAL_S - 2);
  EXPECT_EQ(sheet.counted(), 0);
  walker.stand(4);
  EXPECT_EQ(sheet.counted(), 4);
}

TEST_F(StrideProofTest, AWalkThatFollowsEndsATrial) {
  walker.walk(3, SHORT_STEP_BACK);
  walker.stand(6);
  walker.walk(3, {.length_m = 0.8});
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 3);
  EXPECT_EQ(counted(), 6);
}

TEST_F(StrideProofTest, ShortWalksTheSameWayAddUp) {
  for (int times = 0; times < 3; ++times) {
    walker.walk(3, SHORT_STEP_BACK);
    walker.stand(8);
  }
  EXPECT_EQ(sheet.counted(), 9);
}

TEST_F(StrideProofTest, TheFirstOfManyShortStepsAreNotLost) {
  walker.walk(5, with_length(SHORT_STEP_BACK, -0.12));
  walker.stand(5);
  walker.walk(20, with_length(SHORT_STEP_BACK, -0.12));
  EXPECT_EQ(counted(), 25);
}

TEST_F(StrideProofTest, AFootThatLiesTippedIsNoFootThatWalks) {
  walker.walk(1, {.length_m = 0.02, .tip_deg = 80, .swing_s = 1.5, .stance_s = 2});
  walker.walk(8, {.length_m = 0.5, .pitch_deg = 15, .swing_s = 0.7});
  EXPECT_EQ(counted(), 0);
}

}  // namespace
}  // namespace esphome::retrostep::testing
