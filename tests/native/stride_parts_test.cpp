/// The parts of stride detection on their own: rules about a raw stride, turns in a bout, bias, tilt,
/// restart.

#include <gtest/gtest.h>

#include <vector>

#include "stride_gyro_bias.h"
#include "stride_motion.h"
#include "stride_rules.h"
#include "stride_streak.h"
#include "stride_zupt.h"

namespace esphome::retrostep::testing {
namespace {

/// A plain stride of one metre in one second.
RawStride plain() {
  RawStride raw{};
  raw.end_us = 1000000;
  raw.length_m = 1.0f;
  raw.tilt_cos = 1.0f;
  raw.peak_dps = 300.0f;
  raw.peak_ms = 2.0f;
  return raw;
}

RawStride plain_with_residual(float residual_ms, bool bridged = false) {
  RawStride raw = plain();
  raw.residual_ms = residual_ms;
  raw.bridged = bridged;
  return raw;
}

TEST(StrideRulesOfOneStride, SpeedLeftOverIsForgivenByTheSecond) {
  EXPECT_NE(evidence_of(plain_with_residual(1.75f)), Evidence::NO_STRIDE);
  EXPECT_EQ(evidence_of(plain_with_residual(1.85f)), Evidence::NO_STRIDE);
}

TEST(StrideRulesOfOneStride, AFootThatEndsAsFastAsItWentSwungAndProvesNothing) {
  EXPECT_EQ(evidence_of(plain_with_residual(1.15f)), Evidence::STRIDE);
  EXPECT_EQ(evidence_of(plain_with_residual(1.25f)), Evidence::UNSURE);  // over 0.6 of its top speed for 1 s
  RawStride quick = plain_with_residual(1.25f);
  quick.end_us = 900000;
  EXPECT_EQ(evidence_of(quick), Evidence::STRIDE);
  RawStride slow = plain_with_residual(0.39f);
  slow.peak_ms = 0.4f;
  EXPECT_EQ(evidence_of(slow), Evidence::STRIDE);
}

TEST(StrideRulesOfOneStride, AFastSwingIsForgivenAShareOfItsTopSpeed) {
  RawStride fast = plain_with_residual(2.0f);
  fast.peak_ms = 6.0f;
  EXPECT_EQ(evidence_of(fast), Evidence::STRIDE);
  fast.residual_ms = 2.15f;
  EXPECT_EQ(evidence_of(fast), Evidence::NO_STRIDE);
}

TEST(StrideRulesOfOneStride, AGapIsForgivenMoreButThenTheStrideProvesNothing) {
  RawStride bridged = plain_with_residual(1.75f, true);
  bridged.peak_ms = 4.0f;
  EXPECT_EQ(evidence_of(bridged), Evidence::STRIDE);
  bridged.residual_ms = 2.0f;
  EXPECT_EQ(evidence_of(bridged), Evidence::UNSURE);
  bridged.residual_ms = 5.35f;
  EXPECT_EQ(evidence_of(bridged), Evidence::UNSURE);
  bridged.residual_ms = 5.45f;
  EXPECT_EQ(evidence_of(bridged), Evidence::NO_STRIDE);
}

TEST(StrideRulesOfOneStride, AFootThatHardlyTurnsAndEndsFastAfterAGapDidNotGo) {
  RawStride bridged = plain_with_residual(1.25f, true);
  bridged.peak_dps = 90.0f;
  EXPECT_EQ(evidence_of(bridged), Evidence::NO_STRIDE);
  bridged.residual_ms = 1.15f;  // less than six tenths of its top speed
  EXPECT_EQ(evidence_of(bridged), Evidence::STRIDE);
  bridged.residual_ms = 1.25f;
  bridged.peak_dps = 110.0f;
  EXPECT_EQ(evidence_of(bridged), Evidence::STRIDE);
  bridged.peak_dps = 90.0f;
  bridged.bridged = false;
  EXPECT_NE(evidence_of(bridged), Evidence::NO_STRIDE);
}

TEST(StrideRulesOfOneStride, ASharpTurnHasNoDirection) {
  RawStride raw = plain();
  raw.yaw = turns(59);
  EXPECT_EQ(evidence_of(raw), Evidence::STRIDE);
  raw.yaw = turns(-61);
  EXPECT_EQ(evidence_of(raw), Evidence::TURN);
  raw.yaw = turns(121);
  EXPECT_EQ(evidence_of(raw), Evidence::UNSURE);
}

class StreakTest : public ::testing::Test {
 protected:
  Sheet sheet;
  StrideStreak streak{sheet};
  uint64_t at_us{0};

  void add(float angle_deg, bool turn, bool unsure = false) {
    Candidate candidate{};
    candidate.stride.start_us = at_us;
    candidate.stride.end_us = at_us += 1000000;
    candidate.went_m = 0.8f;
    candidate.stride.peak_dps = 400;
    candidate.angle = turns(angle_deg);
    candidate.stride.direction = std::fabs(angle_deg) < 50    ? Direction::FORWARD
                                 : std::fabs(angle_deg) > 130 ? Direction::BACKWARD
                                 : angle_deg > 0              ? Direction::LEFT
                                                              : Direction::RIGHT;
    candidate.turn = turn;
    candidate.unsure = unsure;
    streak.add(candidate);
  }
};

TEST_F(StreakTest, ATurnJoinsItsBoutWithTheBoutsDirection) {
  add(179, false);
  add(-179, false);
  add(110, true);  // to the left by itself, 70° off backward
  streak.finish();
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 3);
}

TEST_F(StreakTest, ATurnThatMovesFarOffItsBoutCountsNothing) {
  add(179, false);
  add(-179, false);
  add(100, true);  // 80° off
  add(179, false);
  streak.finish();
  EXPECT_EQ(sheet.counted(), 3);
  EXPECT_FALSE(sheet.strides[2].counted);
  EXPECT_EQ(sheet.strides[2].direction, Direction::LEFT);
}

TEST_F(StreakTest, ATurnBesideAStrideShowsThatSomebodyWalks) {
  add(120, true);
  add(179, false);
  streak.finish();
  EXPECT_EQ(sheet.counted(Direction::BACKWARD), 2);
}

TEST_F(StreakTest, OneThatIsUnsureDoesNot) {
  add(120, true, true);
  add(179, false);
  streak.finish();
  EXPECT_EQ(sheet.counted(), 0);
}

TEST_F(StreakTest, OneThatWentAnotherWayEndsTheBout) {
  add(179, false);
  add(0, true, true);
  add(179, false);
  streak.finish();
  EXPECT_EQ(sheet.counted(), 0);
}

TEST_F(StreakTest, EveryDirectionHasTurnsThatJoin) {
  for (const float bout_deg : {0.0f, 90.0f, -90.0f, 179.0f}) {
    const int before = sheet.counted();
    add(bout_deg, false);
    add(bout_deg, false);
    add(bout_deg > 100 ? 115.0f : bout_deg + 65.0f, true);
    add(bout_deg > 100 ? 95.0f : bout_deg + 85.0f, true);
    streak.finish();
    EXPECT_EQ(sheet.counted() - before, 3) << bout_deg;
  }
}

TEST(GyroBiasTest, WalkingShowsNoMoreThanTenDegreesASecondOnAnAxis) {
  constexpr int32_t HALF_Q28 = 1 << 22;  // 0.9° a stride: the more, the less each counts
  GyroBias bias;
  for (int stride = 0; stride < 2000; ++stride) {
    bias.add_tilt({HALF_Q28, -HALF_Q28, 0});
    bias.judge_tilt(true);
    bias.learn_from_tilt({}, 200000);
  }
  EXPECT_EQ(bias.q9dps().x, -10 * (1 << RATE_BITS));
  EXPECT_EQ(bias.q9dps().y, 10 * (1 << RATE_BITS));
  EXPECT_EQ(bias.q9dps().z, 0);
}

TEST(GyroBiasTest, OnlyACleanTiltInALongStanceTells) {
  GyroBias bias;
  const auto stride = [&bias](bool clean, uint32_t stance_us) {
    bias.add_tilt({1 << 22, 0, 0});
    bias.judge_tilt(clean);
    bias.learn_from_tilt({}, stance_us);
    return bias.q9dps().x;
  };
  EXPECT_EQ(stride(false, 200000), 0);
  EXPECT_EQ(stride(true, 90000), 0);
  EXPECT_LT(stride(true, 110000), 0);
}

TEST(ZuptSearchTest, AfterAnUpdateTheAttitudeIsOfLengthOneAgain) {
  MotionWindow window;
  window.clear();
  for (int i = 0; i < 12; ++i) window.push({{0, 0, 1 << ACCEL_BITS}, {}, 10000, false}, {});
  while (window.advance()) {
  }
  Swing swing{};
  swing.attitude = {(1 << TURN_BITS) + (1 << 22), 0, 0, 0};  // as turns lead it astray, 0.4 %
  ZuptSearch search;
  search.clear();
  ASSERT_TRUE(search.look(window, swing, Zupt::NONE, {}, 0));
  search.restart(swing, {});
  EXPECT_NEAR(swing.attitude.w, 1 << TURN_BITS, 1 << 15);
}

}  // namespace
}  // namespace esphome::retrostep::testing
