/// What the LED of a pod says, and when it says nothing.

#include "sign_plan.h"

#include <gtest/gtest.h>

#include <cmath>

namespace esphome::pod_feedback {
namespace {

constexpr uint32_t SECOND = 1000;

TEST(SignPlan, APodThatIsReachedSaysNothing) {
  SignPlan plan;
  for (uint32_t now = 0; now < 300 * SECOND; now += SignPlan::EVERY_MS)
    EXPECT_EQ(plan.look(now, true, true, NAN), Sign::NONE);
}

TEST(SignPlan, WhoJoinsANetworkHasItsTime) {
  SignPlan plan;
  EXPECT_EQ(plan.look(60 * SECOND, true, true, NAN), Sign::NONE);
  EXPECT_EQ(plan.look(89 * SECOND, true, false, NAN), Sign::NONE);
  EXPECT_EQ(plan.look(90 * SECOND, true, false, NAN), Sign::UNREACHED);
  EXPECT_EQ(plan.look(100 * SECOND, true, true, NAN), Sign::NONE);
  EXPECT_EQ(plan.look(110 * SECOND, true, false, NAN), Sign::NONE) << "it has its time anew";
}

TEST(SignPlan, APodWhoseRadioIsOffMissesNobody) {
  SignPlan plan;
  for (uint32_t now = 0; now < 300 * SECOND; now += SignPlan::EVERY_MS)
    EXPECT_EQ(plan.look(now, false, false, NAN), Sign::NONE);
  EXPECT_EQ(plan.look(310 * SECOND, true, false, NAN), Sign::NONE) << "it was just turned on";
}

TEST(SignPlan, ALowCellShowsWhateverTheNetworkDoes) {
  SignPlan plan;
  EXPECT_EQ(plan.look(SECOND, true, true, 20.0f), Sign::NONE);
  EXPECT_EQ(plan.look(SECOND, true, true, 19.9f), Sign::BATTERY_LOW);
  EXPECT_EQ(plan.look(300 * SECOND, true, false, 19.9f), Sign::BATTERY_LOW);
  EXPECT_EQ(plan.look(300 * SECOND, true, false, NAN), Sign::UNREACHED);
}

TEST(SignPlan, ItsClockMayWrap) {
  SignPlan plan;
  const uint32_t before = UINT32_MAX - 5 * SECOND;
  EXPECT_EQ(plan.look(before, true, true, NAN), Sign::NONE);
  EXPECT_EQ(plan.look(before + 29 * SECOND, true, false, NAN), Sign::NONE);
  EXPECT_EQ(plan.look(before + 31 * SECOND, true, false, NAN), Sign::UNREACHED);
}

}  // namespace
}  // namespace esphome::pod_feedback
