// When the radio is on and when the pod sleeps.
#include "power_plan.h"

#include <gtest/gtest.h>

#include <string>

using namespace esphome::pod_power;

namespace {

constexpr uint32_t NOON = 1790000000;
constexpr uint32_t INTERVAL_S = 900;

/// A pod that lives second by second; `log` notes when its orders change.
struct Pod {
  PowerPlan plan;
  PowerFacts facts{.up_s = 0,
                   .epoch_s = NOON,
                   .still_s = 0,
                   .walking = false,
                   .steps = 0,
                   .waiting = 0,
                   .connected = false,
                   .stay_awake = false};
  bool in_reach{true};
  uint32_t joined_s{0};
  uint32_t radio_s{0};
  int rounds{0};
  PowerOrder order{.radio = false, .sleep = false, .for_s = 0};

  explicit Pod(PowerProfile profile, Wake wake, const PowerMemory &memory = {})
      : plan(profile, INTERVAL_S, memory, wake) {}

  void second() {
    const bool before = order.radio;
    order = plan.step(facts);
    if (order.radio && !before) rounds++;
    radio_s += order.radio;
    joined_s = order.radio ? joined_s + 1 : 0;
    facts.connected = in_reach && joined_s > 3;
    if (facts.connected && joined_s > 5) facts.waiting = 0;
    facts.up_s++;
    facts.epoch_s++;
    facts.still_s++;
  }
  /// Lives on; gives whether the pod fell asleep.
  bool live(uint32_t seconds, bool walking = false) {
    for (uint32_t n = 0; n < seconds; n++) {
      facts.walking = walking;
      if (walking) {
        facts.still_s = 0;
        facts.steps += 2;
        if (facts.up_s % 60 == 0) facts.waiting++;
      }
      second();
      if (order.sleep) return true;
    }
    return false;
  }
};

PowerMemory synced_just_now() {
  return {.synced_s = NOON - 10, .moved_s = NOON, .failed = 0, .worn = true, .reserved = {}};
}

TEST(PowerPlan, AfterASwitchOnThePodStaysInReachForFiveMinutes) {
  for (const auto profile : {PowerProfile::BALANCED, PowerProfile::ENDURANCE}) {
    Pod pod(profile, Wake::START);
    pod.facts.connected = true;
    EXPECT_FALSE(pod.live(PowerPlan::GRACE_S));
    EXPECT_EQ(pod.radio_s, PowerPlan::GRACE_S);
    pod.live(5);
    EXPECT_FALSE(pod.order.radio);
  }
}

TEST(PowerPlan, MinutesAreHandedOverAfterABoutAndTheRadioGoesOff) {
  Pod pod(PowerProfile::BALANCED, Wake::MOTION, {synced_just_now()});
  pod.live(150);
  pod.live(100, true);
  EXPECT_EQ(pod.rounds, 0);
  pod.live(60);
  EXPECT_EQ(pod.rounds, 1);
  EXPECT_LT(pod.radio_s, 20U);
  EXPECT_FALSE(pod.order.radio);
  pod.live(300);
  EXPECT_EQ(pod.rounds, 1);
}

TEST(PowerPlan, MinutesThatPileUpWhileWalkingOnAreHandedOver) {
  Pod pod(PowerProfile::BALANCED, Wake::MOTION, {synced_just_now()});
  pod.live(11 * 60, true);
  EXPECT_EQ(pod.rounds, 1);
  EXPECT_LE(pod.facts.waiting, 1U);
}

TEST(PowerPlan, HomeAssistantHearsOfAWornPodEveryQuarterOfAnHour) {
  Pod pod(PowerProfile::BALANCED, Wake::MOTION, {synced_just_now()});
  for (int fidget = 0; fidget < 120; fidget++) {
    pod.facts.still_s = 0;
    pod.live(60);
  }
  EXPECT_NEAR(pod.rounds, 8, 1);
}

TEST(PowerPlan, OutOfReachThePodTriesLessAndLessOften) {
  Pod pod(PowerProfile::BALANCED, Wake::MOTION, {synced_just_now()});
  pod.in_reach = false;
  for (int minute = 0; minute < 240; minute++) pod.live(60, minute % 4 == 0);
  EXPECT_LE(pod.rounds, 10);
  EXPECT_LE(pod.radio_s, 10 * PowerPlan::GIVE_UP_S);
  pod.in_reach = true;
  for (int minute = 0; minute < 60; minute++) pod.live(60, minute % 4 == 0);
  EXPECT_EQ(pod.plan.memory().failed, 0);
}

TEST(PowerPlan, AStillFootLetsThePodSleepAndAMovingOneDoesNot) {
  Pod pod(PowerProfile::ENDURANCE, Wake::MOTION, {synced_just_now()});
  for (int n = 0; n < 20; n++) {
    pod.facts.still_s = 0;
    EXPECT_FALSE(pod.live(PowerPlan::STILL_S - 2));
  }
  EXPECT_TRUE(pod.live(10));
  EXPECT_EQ(pod.rounds, 0);
  // In time to tell that it is still worn.
  EXPECT_NEAR(pod.order.for_s, INTERVAL_S - 10 - pod.facts.up_s, 2);
}

TEST(PowerPlan, ThePodHandsOverBeforeItSleeps) {
  Pod pod(PowerProfile::ENDURANCE, Wake::MOTION, {synced_just_now()});
  pod.live(180, true);
  EXPECT_TRUE(pod.live(60));
  EXPECT_EQ(pod.rounds, 1);
  EXPECT_EQ(pod.plan.memory().synced_s, pod.facts.epoch_s - 1);
}

TEST(PowerPlan, ATimerThatWakesAStillPodIsNoMotion) {
  PowerMemory memory = synced_just_now();
  memory.synced_s = NOON - INTERVAL_S;
  memory.moved_s = NOON - INTERVAL_S;
  Pod pod(PowerProfile::ENDURANCE, Wake::TIMER, memory);
  EXPECT_TRUE(pod.live(30));
  EXPECT_EQ(pod.rounds, 1);
  EXPECT_EQ(pod.plan.memory().moved_s, NOON - INTERVAL_S);
  EXPECT_TRUE(pod.plan.memory().worn);
}

TEST(PowerPlan, AnHourWithoutMotionIsToldAsNotWornOnceAndNoTimerWakesItAfterwards) {
  PowerMemory memory = synced_just_now();
  memory.synced_s = NOON - 300;
  memory.moved_s = NOON - PowerPlan::NOT_WORN_S;
  Pod pod(PowerProfile::ENDURANCE, Wake::TIMER, memory);
  EXPECT_TRUE(pod.live(30));
  EXPECT_EQ(pod.rounds, 1);
  EXPECT_FALSE(pod.plan.memory().worn);
  EXPECT_EQ(pod.order.for_s, 0U);

  Pod again(PowerProfile::ENDURANCE, Wake::MOTION, pod.plan.memory());
  again.facts.epoch_s = NOON + 30000;
  again.live(2);
  EXPECT_TRUE(again.plan.memory().worn);
}

TEST(PowerPlan, PreventSleepKeepsThePodAwakeAndInReach) {
  Pod pod(PowerProfile::ENDURANCE, Wake::MOTION, {synced_just_now()});
  pod.facts.stay_awake = true;
  EXPECT_FALSE(pod.live(4000));
  EXPECT_GT(pod.radio_s, 3990U);
  pod.facts.stay_awake = false;
  EXPECT_TRUE(pod.live(60));
}

TEST(PowerPlan, WithoutAClockThePodStillTellsAndSleeps) {
  Pod pod(PowerProfile::ENDURANCE, Wake::MOTION);
  for (int n = 0; n < 200 && !pod.order.sleep; n++) {
    pod.facts.epoch_s = 0;
    pod.second();
  }
  EXPECT_TRUE(pod.order.sleep);
  EXPECT_EQ(pod.rounds, 1);
}

TEST(PowerPlan, ABalancedPodNeverSleeps) {
  Pod pod(PowerProfile::BALANCED, Wake::START);
  EXPECT_FALSE(pod.live(20000));
}

TEST(PowerPlan, AClockThatIsSetNeitherTakesThePodOffTheFootNorTurnsTheRadioOn) {
  constexpr int64_t DAY_S = 86400;
  for (const int64_t step_s :
       {-3652 * DAY_S, -3 * DAY_S, -31L, -2L, 2L, 31L, 3600L, 3 * DAY_S, 3652 * DAY_S}) {
    Pod pod(PowerProfile::BALANCED, Wake::MOTION, {synced_just_now()});
    pod.live(100, true);
    pod.live(200);
    const int rounds = pod.rounds;
    pod.facts.epoch_s = static_cast<uint32_t>(pod.facts.epoch_s + step_s);
    pod.live(200);
    EXPECT_TRUE(pod.plan.memory().worn) << step_s;
    EXPECT_EQ(pod.rounds, rounds) << step_s;
    pod.live(3700);
    EXPECT_FALSE(pod.plan.memory().worn) << step_s << ": an hour still, whatever the clock said";
  }
}

TEST(PowerPlan, SleepIsAsLongInTheYears2040And2106) {
  for (const uint32_t epoch_s : {NOON, 2208988800U, 4294958400U}) {
    const PowerMemory memory{
        .synced_s = epoch_s - 100, .moved_s = epoch_s - 100, .failed = 0, .worn = true, .reserved = {}};
    Pod pod(PowerProfile::ENDURANCE, Wake::TIMER, memory);
    pod.facts.epoch_s = epoch_s;
    pod.facts.still_s = 1000;
    ASSERT_TRUE(pod.live(60));
    EXPECT_NEAR(static_cast<double>(pod.order.for_s), INTERVAL_S - 105, 10) << epoch_s;
  }
}

TEST(PowerPlan, WithoutACertainWakeATimerWakesThePod) {
  const PowerPlan plan(PowerProfile::ENDURANCE, INTERVAL_S, {}, Wake::MOTION);
  EXPECT_EQ(plan.sleep_for_s(0, true), 0U);
  EXPECT_EQ(plan.sleep_for_s(0, false), INTERVAL_S);
  EXPECT_EQ(plan.sleep_for_s(120, false), 120U);
}

TEST(PowerPlan, APodWhoseSensorFailedIsNeverAsleepForGood) {
  PowerMemory memory = synced_just_now();
  memory.worn = false;
  memory.fault = true;
  Pod pod(PowerProfile::ENDURANCE, Wake::TIMER, {memory});
  pod.facts.still_s = 1000000;
  pod.facts.fault = true;
  EXPECT_TRUE(pod.live(60));
  EXPECT_GT(pod.order.for_s, 0U);
  EXPECT_LE(pod.order.for_s, INTERVAL_S);
}

TEST(PowerPlan, HomeAssistantHearsOfASensorThatFailedAndOfOneThatWorksAgain) {
  PowerMemory memory = synced_just_now();
  memory.worn = false;
  Pod pod(PowerProfile::BALANCED, Wake::TIMER, {memory});
  pod.live(200);
  EXPECT_EQ(pod.rounds, 0);
  pod.facts.fault = true;
  pod.live(300);
  EXPECT_EQ(pod.rounds, 1);
  pod.facts.fault = false;
  pod.live(300);
  EXPECT_EQ(pod.rounds, 2);
}

TEST(PowerPlan, AFaultThatLastsIsToldOnceAndNotEachTimeThePodWakes) {
  PowerMemory memory = synced_just_now();
  memory.worn = false;
  memory.fault = true;
  memory.synced_s = NOON - 10000;
  Pod pod(PowerProfile::ENDURANCE, Wake::TIMER, {memory});
  pod.facts.still_s = 1000000;
  EXPECT_FALSE(pod.live(2));
  pod.facts.fault = true;
  EXPECT_TRUE(pod.live(60));
  EXPECT_EQ(pod.rounds, 0);
}

TEST(PowerPlan, ALateClockTakesNothingFromWhenTheFootMoved) {
  Pod pod(PowerProfile::BALANCED, Wake::MOTION, {.synced_s = 0, .moved_s = NOON - 90000, .worn = true});
  pod.facts.epoch_s = 0;
  for (int n = 0; n < 10; n++) {
    pod.facts.still_s = 0;
    pod.second();
    pod.facts.epoch_s = 0;
  }
  for (int n = 0; n < 50; n++) {
    pod.second();
    pod.facts.epoch_s = 0;
  }
  EXPECT_TRUE(pod.plan.memory().worn);
  pod.facts.epoch_s = NOON;
  pod.second();
  EXPECT_TRUE(pod.plan.memory().worn);
  EXPECT_NEAR(pod.plan.memory().moved_s, NOON - 50 + PowerPlan::STILL_S, 2);
}

TEST(PowerPlan, WhatMovedBeforeASleepWithoutAClockMovedBeforeTheClockCame) {
  Pod pod(PowerProfile::BALANCED, Wake::TIMER, {.synced_s = 0, .moved_s = 0, .worn = true});
  pod.facts.still_s = 1000000;
  pod.live(30);
  EXPECT_TRUE(pod.plan.memory().worn);
  EXPECT_NEAR(pod.plan.memory().moved_s, NOON, 2);
  pod.live(PowerPlan::NOT_WORN_S);
  EXPECT_FALSE(pod.plan.memory().worn);
}

}  // namespace
