/// Clocks that are not set, and clocks that are set forward and back.

#include <gtest/gtest.h>

#include <memory>

#include "minute_log_bench.h"

namespace esphome::retrostep {
namespace {

/// Steps by clock minute.
std::map<long, long> by_minute(const Page &page) {
  std::map<long, long> steps;
  for (const auto &row : page.rows) steps[row[MINUTE]] += row[BACK];
  return steps;
}

TEST(MinuteLogTime, MinutesBeforeTheClockIsSetWaitAndGetTheirTime) {
  Bench pod(1800000020);
  pod.set_clock(false);
  std::map<long, long> walked;
  for (int i = 0; i < 30; i++) {
    const long minute = (pod.wall_s() + 5) / 60;
    pod.walk(10);
    walked[minute] += 20;
    pod.rest(50);
  }
  EXPECT_TRUE(pod.page().rows.empty());
  EXPECT_EQ(pod.log().unsynced(), 0U);
  pod.set_clock(true);
  pod.rest(100);
  const Page all = pod.everything();
  EXPECT_EQ(all.rows.size(), 30U);
  EXPECT_EQ(all.total, all.sums());
  for (const auto &[minute, steps] : by_minute(all)) {
    // a minute since boot lies across two minutes of the clock
    EXPECT_EQ(steps, 20);
    EXPECT_TRUE(walked.contains(minute) || walked.contains(minute - 1) || walked.contains(minute + 1));
  }
  for (const auto &row : all.rows) {
    EXPECT_GE(row[FIRST_S], 0);
    EXPECT_LE(row[LAST_S], 59);
    EXPECT_LE(row[FIRST_S], row[LAST_S]);
  }
}

TEST(MinuteLogTime, MinutesThatNeverGotATimeAreHandedOutWithoutOne) {
  Bench pod;
  pod.set_clock(false);
  for (int i = 0; i < 12; i++) {
    pod.walk(10);
    pod.rest(50);
  }
  pod.cut_power();
  EXPECT_FALSE(pod.epoch_s());
  pod.walk(10);
  pod.rest(80);
  const Page undated = pod.everything();
  ASSERT_EQ(undated.rows.size(), 12U);
  for (const auto &row : undated.rows) EXPECT_EQ(row[MINUTE], 0);
  pod.set_clock(true);
  pod.rest(80);
  const Page all = pod.everything();
  ASSERT_EQ(all.rows.size(), 13U);
  EXPECT_EQ(all.rows[11][MINUTE], 0);
  EXPECT_GT(all.rows[12][MINUTE], 30000000);
  EXPECT_EQ(all.total, all.sums());
}

TEST(MinuteLogTime, RowsOverwrittenWhileTheyWaitForATimeAreGoneAndThePageBeginsAfterThem) {
  Bench pod;
  pod.set_clock(false);
  for (int i = 0; i < 1600; i++) {
    pod.walk(2);
    pod.rest(58);
  }
  const Page waiting = pod.page();
  EXPECT_TRUE(waiting.rows.empty());
  ASSERT_GT(waiting.oldest(), 1U);
  EXPECT_EQ(waiting.next(), waiting.oldest());
  EXPECT_FALSE(waiting.more);
  EXPECT_EQ(waiting.total[0], 4L * (waiting.oldest() - 1))
      << "the total covers the rows that are gone, no more";
}

TEST(MinuteLogTime, DatesSurviveAPowerCutAtAnyWriteOfTheirSaving) {
  for (int cut = 1; cut <= 24; cut++) {
    Bench pod;
    pod.set_clock(false);
    for (int i = 0; i < 30; i++) {
      pod.walk(10);
      pod.rest(50);
    }
    pod.set_clock(true);
    pod.flash().cut_power_at_write(cut);
    pod.rest(60);
    pod.cut_power();
    pod.rest(60);
    const Page all = pod.everything();
    ASSERT_EQ(all.rows.size(), 30U) << cut;
    EXPECT_EQ(all.total, all.sums()) << cut;
    // Torn at its very first write the dates are gone with the power; later they are there for all or still
    // come.
    for (const auto &row : all.rows)
      EXPECT_TRUE(cut <= 1 ? row[MINUTE] == 0 : row[MINUTE] >= 30000000) << cut;
  }
}

TEST(MinuteLogTime, AClockSetForwardOrBackNeitherLosesNorDoublesAStep) {
  for (const int step_s : {-86400, -3600, -61, -30, -2, 2, 30, 61, 3600, 86400}) {
    Bench pod;
    pod.walk(100);
    pod.step_clock(step_s);
    pod.walk(100);
    pod.rest(100);
    const Page all = pod.everything();
    EXPECT_EQ(all.total[0], 400) << step_s;
    EXPECT_EQ(all.total, all.sums()) << step_s;
    for (size_t i = 0; i < all.rows.size(); i++)
      EXPECT_EQ(all.rows[i][SEQ], static_cast<long>(i + 1)) << step_s;
  }
}

TEST(MinuteLogTime, AClockThatKeepsJumpingBackFillsNoRowBeyondItsSeconds) {
  Bench pod;
  for (int i = 0; i < 2000; i++) {
    pod.walk(1);
    pod.step_clock(-1);
  }
  pod.step_clock(200);
  pod.rest(20);
  const Page all = pod.everything();
  EXPECT_GT(all.rows.size(), 5U);
  EXPECT_EQ(all.total[0], 4000);
  EXPECT_EQ(all.total, all.sums());
}

}  // namespace
}  // namespace esphome::retrostep
