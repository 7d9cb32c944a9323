/// Power cuts at any moment and in the middle of any write.

#include <gtest/gtest.h>

#include <memory>

#include "minute_log_bench.h"

namespace esphome::retrostep {
namespace {

/// A walk of an hour and more with pauses; true until the power goes.
bool live(Bench &pod, int minutes) {
  for (int i = 0; i < minutes && !pod.flash().dead(); i++) {
    pod.walk(40 + i % 15);
    if (i % 7 == 0) pod.rest(30);
    pod.walk(5, Direction::FORWARD, 0.7f);
  }
  return !pod.flash().dead();
}

TEST(MinuteLogPower, ACutCostsAtMostAMinuteOfWalking) {
  for (int seconds = 1; seconds < 400; seconds += 3) {
    Bench pod;
    pod.walk(seconds);
    pod.cut_power();
    const uint32_t kept = pod.log().totals().back / 2;
    EXPECT_GE(static_cast<int>(kept), seconds - 60) << seconds;
    EXPECT_LE(static_cast<int>(kept), seconds) << seconds;
  }
}

TEST(MinuteLogPower, ARunnerWhoNeverStandsStillLosesAMinuteLessFiveSecondsOfPendingVerdicts) {
  Stride stride{};
  stride.end_us = 900000;
  stride.direction = Direction::FORWARD;
  stride.counted = true;
  for (uint32_t cut_s = 1; cut_s <= 240; cut_s++) {
    Bench pod;
    for (uint32_t s = 1; s <= cut_s; s++) {
      pod.log().add(stride, {1800000000 + s, s});
      pod.log().tick({1800000000 + s, s});
      if (pod.log().save_due(s, -1.0f)) pod.log().save();
    }
    pod.cut_power();
    EXPECT_LE(cut_s - pod.log().totals().fwd / 2, 55U) << cut_s;
  }
}

TEST(MinuteLogPower, AnOrderlyRestartCostsNothing) {
  Bench pod;
  pod.walk(37);
  pod.log().save();
  pod.cut_power();
  EXPECT_EQ(pod.log().totals().back, 74U);
  pod.walk(10);
  pod.rest(80);
  const Page page = pod.page();
  ASSERT_EQ(page.rows.size(), 1U);  // the same minute goes on
  EXPECT_EQ(page.rows[0][BACK], 94);
}

TEST(MinuteLogPower, WhatWasHandedOutSurvivesACutAtAnyWrite) {
  for (int cut = 1; cut <= 150; cut++) {
    Bench pod;
    pod.flash().cut_power_at_write(cut);
    Page seen = pod.page();
    for (int i = 0; i < 30 && live(pod, 3); i++) seen = pod.everything();
    if (!pod.flash().dead()) break;
    const Counts before = pod.log().totals();
    pod.cut_power();
    const Page after = pod.everything();
    if (!seen.rows.empty()) {
      EXPECT_EQ(after.log(), seen.log()) << cut;
    }
    ASSERT_GE(after.rows.size(), seen.rows.size()) << cut;
    for (size_t i = 0; i < seen.rows.size(); i++) EXPECT_EQ(after.rows[i], seen.rows[i]) << cut;
    EXPECT_EQ(after.total, after.sums()) << cut;
    EXPECT_LE(pod.log().totals().back, before.back);
    EXPECT_GE(pod.log().totals().back + 2 * 61, before.back) << cut;
    // and it goes on: numbers follow each other, nothing is doubled
    live(pod, 20);
    pod.rest(90);
    const Page later = pod.everything();
    for (size_t i = 0; i < later.rows.size(); i++)
      EXPECT_EQ(later.rows[i][SEQ], static_cast<long>(i + 1)) << cut;
    for (size_t i = 0; i < seen.rows.size(); i++) EXPECT_EQ(later.rows[i], seen.rows[i]) << cut;
    EXPECT_EQ(later.total, later.sums()) << cut;
    EXPECT_EQ(later.total[0], static_cast<long>(pod.log().totals().back)) << cut;
  }
}

TEST(MinuteLogPower, AFullRingSurvivesACutAtAnyWrite) {
  Bench pod;
  for (int i = 0; i < 1480; i++) {
    pod.walk(2);
    pod.to_next_minute();
  }
  for (int cut = 1; cut <= 40; cut++) {
    const Page seen = pod.everything();
    pod.flash().cut_power_at_write(1 + cut % 13);
    while (!pod.flash().dead()) {
      pod.walk(2);
      pod.to_next_minute();
    }
    pod.cut_power();
    const Page after = pod.everything();
    EXPECT_EQ(after.rows.front()[SEQ], static_cast<long>(after.oldest())) << cut;
    EXPECT_GE(after.rows.size(), 1440U) << cut;
    for (size_t i = 1; i < after.rows.size(); i++) EXPECT_EQ(after.rows[i][SEQ], after.rows[i - 1][SEQ] + 1);
    const size_t shift = after.oldest() - seen.oldest();
    for (size_t i = shift; i < seen.rows.size(); i++) ASSERT_EQ(after.rows[i - shift], seen.rows[i]) << cut;
  }
}

TEST(MinuteLogPower, AnHourOfWalkingIsFewWrites) {
  Bench pod;
  pod.walk(3600);
  // a head at most every 45 s, a block every 8 minutes
  EXPECT_LE(pod.flash().writes(), 3600 / 45 + 60 / 8 + 1);
  EXPECT_GE(pod.flash().writes(), 3600 / 60);
  const int writes = pod.flash().writes();
  pod.rest(3600);
  EXPECT_LE(pod.flash().writes() - writes, 3);
}

TEST(MinuteLogPower, AStoreThatRefusesIsTriedAgain) {
  Bench pod;
  pod.flash().cut_power_at_write(1);
  pod.walk(200);
  EXPECT_TRUE(pod.page().rows.empty());
  pod.flash().power_on();
  for (int i = 0; i < 3; i++) EXPECT_TRUE(pod.log().save());
  EXPECT_EQ(pod.log().totals().back / 2, pod.uptime_s());
}

}  // namespace
}  // namespace esphome::retrostep
