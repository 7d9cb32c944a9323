/// What the stride core promises, on motion with known truth.

#include <gtest/gtest.h>

#include "stride_motion.h"

namespace esphome::retrostep::testing {
namespace {

class StrideCoreTest : public ::testing::Test {
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
};

TEST_F(StrideCoreTest, BackwardStridesCountAsBackwardWithTheirLength) {
  walk_and_stop({.length_m = -0.7}, 10);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 10);
  EXPECT_EQ(sheet.counted(), 10);
  EXPECT_NEAR(sheet.metres(Direction::BACKWARD), 7.0, 0.1);
}

/// Notes how long after its end the verdict of a stride came.
class Delays final : public StrideSink {
 public:
  void on_stride(const Stride &stride) override { ms.push_back((core->now_us() - stride.end_us) / 1000); }
  const StrideCore *core{nullptr};
  std::vector<uint64_t> ms;
};

TEST_F(StrideCoreTest, TheVerdictOfAStrideComesSoonAfterItsEnd) {
  Delays delays;
  StrideCore watched(delays);
  delays.core = &watched;
  Walker watched_walker(watched);
  watched_walker.stand(1);
  watched_walker.walk(10, {.length_m = -0.7, .stance_s = 0.6});
  ASSERT_GE(delays.ms.size(), 9u);
  for (size_t i = 1; i < delays.ms.size(); ++i) EXPECT_LE(delays.ms[i], 150u);  // the first waits for another
}

TEST_F(StrideCoreTest, ForwardStridesCountAsForwardWithTheirLength) {
  walk_and_stop({.length_m = 1.2}, 10);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 10);
  EXPECT_EQ(sheet.counted(), 10);
  EXPECT_NEAR(sheet.metres(Direction::FORWARD), 12.0, 0.15);
}

TEST_F(StrideCoreTest, SideStridesKnowTheirSide) {
  walk_and_stop({.length_m = 0.02, .side_m = 0.5}, 6);
  EXPECT_EQ(sheet.counted(Direction::LEFT), 6);
}

TEST_F(StrideCoreTest, StandingCountsNothing) {
  walker.stand(30);
  core.finish();
  EXPECT_TRUE(sheet.strides.empty());
  EXPECT_TRUE(core.still());
}

TEST_F(StrideCoreTest, OneStrideAloneIsNotWalking) {
  walk_and_stop({.length_m = -0.7}, 1);
  EXPECT_EQ(sheet.counted(), 0);
}

TEST_F(StrideCoreTest, AFootSlidToAndFroCountsNothing) {
  walker.stand(1);
  for (int i = 0; i < 10; ++i) {
    walker.walk(1, {.length_m = 0.4, .lift_m = 0.02});
    walker.walk(1, {.length_m = -0.4, .lift_m = 0.02});
  }
  core.finish();
  EXPECT_EQ(sheet.counted(), 0);
}

TEST_F(StrideCoreTest, WalkingBackwardThroughACurveStaysBackward) {
  walk_and_stop({.length_m = -0.7, .yaw_deg = 40}, 9);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 9);
}

TEST_F(StrideCoreTest, ASharpTurnJoinsTheBoutItStandsIn) {
  walker.stand(1);
  walker.walk(4, {.length_m = -0.7});
  walker.walk(1, {.length_m = -0.5, .yaw_deg = 80});
  walker.walk(4, {.length_m = -0.7});
  core.finish();
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 9);
}

TEST_F(StrideCoreTest, TurnsAloneCountNothing) {
  walk_and_stop({.length_m = 0.3, .yaw_deg = 80}, 8);
  EXPECT_EQ(sheet.counted(), 0);
}

TEST_F(StrideCoreTest, EveryStrideIsReportedOnceAndInTimeOrder) {
  walker.stand(1);
  walker.walk(5, {.length_m = 1.0});
  walker.walk(5, {.length_m = -0.6});
  walker.walk(1, {.side_m = 0.5});
  walker.walk(5, {.length_m = 1.0});
  core.finish();
  ASSERT_EQ(sheet.strides.size(), 16u);
  for (size_t i = 1; i < sheet.strides.size(); ++i)
    EXPECT_LE(sheet.strides[i - 1].end_us, sheet.strides[i].start_us);
}

TEST_F(StrideCoreTest, AGyroBiasSeenAtRestIsRemoved) {
  walker.bias_dps[1] = 5;
  walker.stand(4);
  walk_and_stop({.length_m = -0.7, .swing_s = 1.2}, 10);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 10);
  EXPECT_NEAR(sheet.metres(Direction::BACKWARD), 7.0, 0.2);
}

TEST_F(StrideCoreTest, NothingChangesWhenTheMicrosecondClockWraps) {
  walker.time_s = 4294.967296 - 5;
  walk_and_stop({.length_m = -0.7}, 10);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 10);
  EXPECT_NEAR(static_cast<double>(core.now_us()) * 1e-6, 16, 0.1);
}

TEST_F(StrideCoreTest, StridesWithoutAnyStanceAreFound) {
  walker.stand(1);
  walker.walk(12, {.length_m = -0.9, .pitch_deg = 35, .stance_s = 0});
  walker.stand(2);
  core.finish();
  EXPECT_GE(sheet.counted(Direction::BACKWARD), 11);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 0);
  EXPECT_NEAR(sheet.metres(Direction::BACKWARD), 0.9 * sheet.counted(), 0.3);
}

TEST_F(StrideCoreTest, SlowShufflesOfAHandsbreadthCount) {
  walk_and_stop({.length_m = -0.13, .lift_m = 0.02, .pitch_deg = 8, .swing_s = 1.2, .stance_s = 1.0}, 10);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 10);
  EXPECT_NEAR(sheet.metres(Direction::BACKWARD), 1.3, 0.1);
}

TEST_F(StrideCoreTest, TheLengthOfAStrideEndsWhereTheFootHasComeToRest) {
  // It lands with 0.15 m/s and rolls down while both fade: quiet enough for a stance long before.
  const double tail_m = 0.15 * 0.5 * (0.6 + 0.12), rolled_deg = 30 * 0.5 * (0.6 + 0.12);
  walk_and_stop({.length_m = 0.7,
                 .pitch_deg = 35,
                 .tip_deg = -rolled_deg,
                 .slip_ms = 0.15,
                 .roll_dps = 30,
                 .calm_s = 0.12},
                10);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 10);
  EXPECT_NEAR(sheet.metres(Direction::FORWARD), 10 * (0.7 + tail_m), 0.1);
}

TEST_F(StrideCoreTest, AFootThatGlidesQuietlyInMidSwingIsNoStance) {
  // 0.15 s of constant speed, tipped toe up: as quiet as a stance.
  const double length_m = 0.22 + 2 * 0.22 / 0.5 * 0.15;
  const Gait slow{
      .length_m = 0.22, .lift_m = 0, .pitch_deg = 0, .toe_down_deg = -28, .swing_s = 0.5, .glide_s = 0.15};
  walk_and_stop(slow, 8);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 8);
  EXPECT_EQ(sheet.strides.size(), 8u);
  EXPECT_NEAR(sheet.metres(Direction::FORWARD), 8 * length_m, 0.1);
}

TEST_F(StrideCoreTest, AGyroBiasIsLearnedInTheStancesOfAWalk) {
  walker.bias_dps[0] = -6;
  walker.bias_dps[1] = 6;
  walk_and_stop({.length_m = -0.7, .stance_s = 0.6}, 12);
  EXPECT_GE(sheet.counted(Direction::BACKWARD), 11);
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 0);
}

TEST_F(StrideCoreTest, AGyroBiasIsLearnedFromAWalkThatNeverRests) {
  // The foot rocks in its stances; 1.5 °/s would make each stride a quarter shorter or longer.
  walker.bias_dps[1] = 1.5f;
  const auto shuffle = [this](int strides) {
    for (int i = 0; i < strides; ++i) {
      walker.swing({.length_m = -0.3, .lift_m = 0.03, .pitch_deg = 12, .swing_s = 1.6});
      for (double t = 0; t < 0.5; t += 0.01) walker.emit(0, 0, G, 0, 0.07 * std::cos(TWO_PI * 4 * t), 0);
    }
  };
  shuffle(25);
  const double before_m = sheet.metres(Direction::BACKWARD);
  shuffle(10);
  core.finish();
  EXPECT_NEAR(sheet.metres(Direction::BACKWARD) - before_m, 3.0, 0.15);
}

TEST_F(StrideCoreTest, WalkingDownBackwardCountsStepsButNoDistance) {
  walk_and_stop({.length_m = -0.3, .climb_m = -0.2}, 6);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 6);
  EXPECT_EQ(sheet.metres(Direction::BACKWARD), 0);
}

TEST_F(StrideCoreTest, SlowStridesStayOneBout) {
  walk_and_stop({.length_m = -0.4, .lift_m = 0.05, .swing_s = 1.6, .stance_s = 2.2}, 6);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 6);
}

TEST_F(StrideCoreTest, AClockThatJumpsBackIsAGapAndCountingGoesOn) {
  walker.stand(1);
  walker.walk(3, {.length_m = -0.8});
  walker.time_s -= 5;
  walker.stand(1);
  walker.walk(4, {.length_m = -0.8});
  core.finish();
  EXPECT_EQ(core.gap_count(), 1u);
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 7);
}

class StrideCoreAtRateTest : public ::testing::TestWithParam<double> {};

TEST_P(StrideCoreAtRateTest, CountsTheSameStridesAtAnySampleRate) {
  Sheet sheet;
  StrideCore core(sheet);
  Walker walker(core, GetParam());
  walker.stand(1);
  walker.walk(10, {.length_m = -0.7});
  walker.stand(1);
  core.finish();
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 10);
  EXPECT_NEAR(sheet.metres(Direction::BACKWARD), 7.0, 0.25);
  EXPECT_NEAR(static_cast<double>(core.sample_rate_hz()), GetParam(), GetParam() * 0.02);
}

INSTANTIATE_TEST_SUITE_P(Rates, StrideCoreAtRateTest, ::testing::Values(25, 50, 100, 200, 400));

}  // namespace
}  // namespace esphome::retrostep::testing
