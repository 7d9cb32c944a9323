/// What the minute log keeps of a walk and how it hands it out.

#include <gtest/gtest.h>

#include <memory>

#include "minute_log_bench.h"

namespace esphome::retrostep {
namespace {

TEST(MinuteLog, KeepsWhatEachMinuteHeld) {
  Bench pod;  // 1800000000 is the start of a minute
  pod.rest(9);
  pod.walk(20);
  pod.rest(5);
  pod.walk(6, Direction::FORWARD, 0.8f);
  pod.walk(2, Direction::LEFT, 0.4f);
  pod.rest(60);
  const Page page = pod.page();
  EXPECT_EQ(page.text.substr(0, 43), "{\"v\":1,\"log\":4711,\"oldest\":1,\"next\":2,\"more");
  ASSERT_EQ(page.rows.size(), 1U);
  // 20 strides of 0.55 m, one a second, the first began at second 9, the last ended at second 29
  const std::vector<long> row{1, 30000000, 40, 12, 4, 110, 48, 20, 6, 9, 29, 55};
  EXPECT_EQ(page.rows[0], row);
  EXPECT_EQ(page.total, page.sums());
}

TEST(MinuteLog, RowsSumToTheRoundedTotals) {
  Bench pod;
  for (int minute = 0; minute < 40; minute++) {
    pod.walk(7 + minute % 5, Direction::BACKWARD, 0.123f + 0.0171f * static_cast<float>(minute));
    pod.walk(3, Direction::FORWARD, 0.777f);
    pod.to_next_minute();
  }
  pod.rest(20);
  const Page all = pod.everything();
  EXPECT_EQ(all.rows.size(), 40U);
  EXPECT_EQ(all.total, all.sums());
  const Counts totals = pod.log().totals();
  const std::vector<long> live{totals.back,   totals.fwd,    totals.side, totals.back_dm,
                               totals.fwd_dm, totals.back_s, totals.fwd_s};
  EXPECT_EQ(all.total, live);
}

TEST(MinuteLog, TheOpenMinuteIsInTheLiveTotalsOnly) {
  Bench pod;
  pod.walk(50);
  EXPECT_EQ(pod.log().totals().back, 100U);
  EXPECT_TRUE(pod.page().rows.empty());
  EXPECT_EQ(pod.page().total[0], 0);
  EXPECT_EQ(pod.log().unsynced(), 0U);
}

TEST(MinuteLog, MinutesWithoutStepsDoNotExist) {
  Bench pod;
  pod.walk(10);
  pod.rest(600);
  pod.walk(10);
  pod.rest(120);
  const Page all = pod.everything();
  ASSERT_EQ(all.rows.size(), 2U);
  EXPECT_EQ(all.rows[1][SEQ], 2);
  EXPECT_EQ(all.rows[1][MINUTE] - all.rows[0][MINUTE], 10);
}

TEST(MinuteLog, AFullRingOverwritesTheOldestOnly) {
  Bench pod;
  constexpr long ROWS = 1600;
  for (long i = 0; i < ROWS; i++) {
    pod.walk(2);
    pod.to_next_minute();
  }
  pod.rest(20);
  const Page all = pod.everything();
  EXPECT_GE(all.rows.size(), 1440U);
  EXPECT_EQ(all.rows.front()[SEQ], static_cast<long>(all.oldest()));
  EXPECT_EQ(all.rows.back()[SEQ], ROWS);
  EXPECT_EQ(all.total[0], 4 * ROWS);
  for (size_t i = 1; i < all.rows.size(); i++) EXPECT_EQ(all.rows[i][SEQ], all.rows[i - 1][SEQ] + 1);
}

TEST(MinuteLog, PagesStaySmallAndTotalsGoWithThem) {
  Bench pod;
  for (int i = 0; i < 300; i++) {
    pod.walk(50, Direction::BACKWARD, 2.9f);
    pod.to_next_minute();
  }
  pod.rest(20);
  std::vector<long> sum(7);
  int32_t after = 0;
  Page page;
  do {
    page = pod.page(4711, after, 1000000);
    EXPECT_LT(page.text.size(), 4096U);
    const std::vector<long> more = page.sums();
    for (size_t i = 0; i < sum.size(); i++) sum[i] += more[i];
    EXPECT_EQ(page.total, sum);
    EXPECT_EQ(static_cast<long>(page.next()), page.rows.back()[SEQ] + 1);
    after = static_cast<int32_t>(page.next()) - 1;
  } while (page.more);
  EXPECT_EQ(after, 300);
}

TEST(MinuteLog, AnAcknowledgementErasesNothing) {
  Bench pod;
  for (int i = 0; i < 20; i++) {
    pod.walk(5);
    pod.to_next_minute();
  }
  pod.rest(20);
  EXPECT_EQ(pod.log().unsynced(), 20U);
  const Page before = pod.page();
  pod.page(4711, 15);
  EXPECT_EQ(pod.log().unsynced(), 5U);
  EXPECT_EQ(pod.page(4711, 3).rows.front()[SEQ], 4);
  EXPECT_EQ(pod.log().unsynced(), 5U);
  EXPECT_EQ(pod.page().rows, before.rows);
}

TEST(MinuteLog, AnotherLogOrAnImpossiblePositionAcknowledgesNothing) {
  Bench pod;
  for (int i = 0; i < 3; i++) {
    pod.walk(5);
    pod.to_next_minute();
  }
  pod.rest(20);
  EXPECT_EQ(pod.page(4712, 2).rows.size(), 3U);
  EXPECT_EQ(pod.page(4711, -5).rows.size(), 3U);
  const Page beyond = pod.page(4711, 2000000000);
  EXPECT_TRUE(beyond.rows.empty());
  EXPECT_EQ(beyond.next(), 4U);
  EXPECT_EQ(pod.log().unsynced(), 3U);
}

TEST(MinuteLog, ADamagedBlockCostsItsRowsOnly) {
  Bench pod;
  for (int i = 0; i < 30; i++) {
    pod.walk(5);
    pod.to_next_minute();
  }
  pod.rest(20);
  pod.flash().damage(MinuteStore::FIRST_BLOCK_SLOT + 1);
  const Page all = pod.everything();
  ASSERT_EQ(all.rows.size(), 22U);
  EXPECT_EQ(all.rows[7][SEQ], 8);
  EXPECT_EQ(all.rows[8][SEQ], 17);
  EXPECT_EQ(all.total[0], 300);
  EXPECT_EQ(all.next(), 31U);
}

}  // namespace
}  // namespace esphome::retrostep
