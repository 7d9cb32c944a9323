/// A wall clock that is wrong for a while: no row loses its date, and jumps put right what they prove wrong.

#include <gtest/gtest.h>

#include <random>

#include "minute_log_bench.h"

namespace esphome::retrostep {
namespace {

constexpr int DAY_S = 86400;
constexpr int TEN_YEARS_S = 3652 * DAY_S;
constexpr long START_MIN = 30000000;  // of a bench

/// A minute with ten strides, and rest until its row is closed and saved.
void walk_a_minute(Bench &pod) {
  pod.to_next_minute();
  pod.walk(10);
  pod.rest(110);
}

std::vector<long> dates(const Page &page) {
  std::vector<long> minutes;
  for (const auto &row : page.rows) minutes.push_back(row[MINUTE]);
  return minutes;
}

/// What a client that fetches now is told of every row; it acknowledges nothing.
std::vector<long> dates(Bench &pod) {
  return dates(pod.page());
}

TEST(MinuteLogClock, AClockSetBackThreeDaysTakesNoDateAway) {
  Bench pod;
  walk_a_minute(pod);
  walk_a_minute(pod);
  const auto right = dates(pod);
  pod.step_clock(-3 * DAY_S);
  pod.rest(30);
  EXPECT_EQ(dates(pod), right);
  pod.step_clock(3 * DAY_S);
  pod.rest(30);
  EXPECT_EQ(dates(pod), right);
}

TEST(MinuteLogClock, WhatWasWalkedWhileTheClockWasBehindMovesForwardWithIt) {
  for (const int behind_s : {120, 3600, 3 * DAY_S, TEN_YEARS_S}) {
    Bench right, wrong(static_cast<uint32_t>(1800000000 - behind_s));
    for (Bench *pod : {&right, &wrong}) {
      walk_a_minute(*pod);
      walk_a_minute(*pod);
    }
    wrong.step_clock(behind_s);
    for (Bench *pod : {&right, &wrong}) walk_a_minute(*pod);
    EXPECT_EQ(dates(wrong), dates(right)) << behind_s;
  }
}

TEST(MinuteLogClock, AClockThatWasAheadBetweenTwoThatAgreeIsPutRight) {
  for (const int ahead_s : {120, 3600, 3 * DAY_S, TEN_YEARS_S}) {
    Bench right, wrong;
    for (Bench *pod : {&right, &wrong}) walk_a_minute(*pod);
    wrong.step_clock(ahead_s);
    for (Bench *pod : {&right, &wrong}) walk_a_minute(*pod);
    wrong.step_clock(-ahead_s);
    for (Bench *pod : {&right, &wrong}) walk_a_minute(*pod);
    EXPECT_EQ(dates(wrong), dates(right)) << ahead_s;
  }
}

TEST(MinuteLogClock, TheClockBeforeNeedNotHaveDatedAnything) {
  Bench pod;
  pod.rest(600);
  pod.step_clock(DAY_S);
  walk_a_minute(pod);
  pod.step_clock(-DAY_S);
  pod.rest(60);
  EXPECT_EQ(dates(pod), std::vector<long>{START_MIN + 11});
}

TEST(MinuteLogClock, AClockAheadFromTheStartIsNotProvenWrongByOneThatIsBehind) {
  Bench pod;
  walk_a_minute(pod);
  const auto dated = dates(pod);
  pod.step_clock(-DAY_S);
  walk_a_minute(pod);
  EXPECT_EQ(dates(pod)[0], dated[0]);
  EXPECT_EQ(dates(pod)[1], dated[0] - DAY_S / 60 + 3);
}

TEST(MinuteLogClock, WhatWasAcknowledgedIsNotMovedAnyMore) {
  Bench pod(1800000000 - 3 * DAY_S);
  walk_a_minute(pod);
  walk_a_minute(pod);
  const Page taken = pod.page();
  ASSERT_EQ(taken.rows.size(), 2U);
  pod.page(taken.log(), 1);
  pod.step_clock(3 * DAY_S);
  pod.rest(30);
  EXPECT_EQ(dates(pod)[0], dates(taken)[0]) << "asked again, as after a restored backup";
  EXPECT_EQ(dates(pod)[1], dates(taken)[1] + 3 * DAY_S / 60);
}

TEST(MinuteLogClock, TheOpenMinuteEndsWhereTheClockJumps) {
  Bench pod(1800000000 - 3 * DAY_S);
  pod.walk(20);
  pod.step_clock(3 * DAY_S);
  pod.walk(20);
  pod.rest(110);
  const Page all = pod.page();
  ASSERT_EQ(all.rows.size(), 2U);
  EXPECT_EQ(all.total, all.sums());
  EXPECT_EQ(dates(all), (std::vector<long>{START_MIN, START_MIN}));
}

TEST(MinuteLogClock, RowsThatWaitedForAWrongClockAreMovedToo) {
  Bench pod(1800000000 - 3 * DAY_S);
  pod.set_clock(false);
  for (int i = 0; i < 20; i++) walk_a_minute(pod);
  pod.set_clock(true);
  pod.rest(300);
  const auto wrong = dates(pod);
  ASSERT_EQ(wrong.size(), 20U);
  pod.step_clock(3 * DAY_S);
  pod.rest(30);
  const auto right = dates(pod);
  for (size_t i = 0; i < right.size(); i++) EXPECT_EQ(right[i], wrong[i] + 3 * DAY_S / 60);
}

TEST(MinuteLogClock, RowsWalkedWhileTheClockSaid1970GetTheirDateWhenItIsRightAgain) {
  Bench pod;
  walk_a_minute(pod);
  pod.set_clock(false);  // no date before 2020 is believed
  walk_a_minute(pod);
  pod.walk(10);
  pod.set_clock(true);
  walk_a_minute(pod);
  EXPECT_EQ(dates(pod), (std::vector<long>{START_MIN + 1, START_MIN + 4, START_MIN + 6, START_MIN + 7}));
}

TEST(MinuteLogClock, NudgesAndDriftMoveNothing) {
  Bench pod;
  walk_a_minute(pod);
  const auto dated = dates(pod);
  for (int i = 0; i < 500; i++) {
    pod.step_clock(i % 2 == 0 ? 3 : -1);  // a second a minute fast: no crystal is
    pod.rest(60);
  }
  EXPECT_EQ(dates(pod), dated);
  for (const int nudge_s : {-29, 29}) {
    pod.step_clock(nudge_s);
    pod.rest(5);
    EXPECT_EQ(dates(pod), dated);
  }
}

TEST(MinuteLogClock, APowerCutForgetsTheClocksAndKeepsTheDates) {
  Bench pod(1800000000 - 3 * DAY_S);
  walk_a_minute(pod);
  const auto dated = dates(pod);
  pod.cut_power();
  pod.step_clock(3 * DAY_S);
  pod.rest(30);
  EXPECT_EQ(dates(pod), dated);
}

TEST(MinuteLogClock, TheMinuteThatAPowerCutLeftOpenKeepsItsDateWhateverTheNextBootTakesForTheTime) {
  for (const int wrong_s : {-7000, 7000, -TEN_YEARS_S}) {
    Bench pod;
    walk_a_minute(pod);
    pod.walk(20);
    ASSERT_TRUE(pod.log().save());
    pod.cut_power();
    pod.step_clock(wrong_s);
    walk_a_minute(pod);
    pod.step_clock(-wrong_s);
    walk_a_minute(pod);
    const auto dated = dates(pod);
    ASSERT_EQ(dated.size(), 4U);
    EXPECT_EQ(dated[0], START_MIN + 1) << wrong_s;
    EXPECT_EQ(dated[1], START_MIN + 3) << wrong_s;
  }
}

TEST(MinuteLogClock, DatesInTheYears2040And2106AreHandedOutLikeAnyOther) {
  for (const uint32_t begin_s : {2208988800U, 4294958400U}) {  // 2106-02-07 04:00: 2^32 s are nearly over
    Bench pod(begin_s);
    walk_a_minute(pod);
    pod.set_clock(false);
    walk_a_minute(pod);
    pod.set_clock(true);
    pod.step_clock(-3 * DAY_S);
    walk_a_minute(pod);
    pod.step_clock(3 * DAY_S);
    pod.rest(60);
    const Page page = pod.page();
    ASSERT_EQ(page.rows.size(), 3U) << begin_s;
    EXPECT_EQ(page.numbers[4], pod.wall_s());
    EXPECT_GT(page.numbers[4], 0x7FFFFFFFL);
    for (const auto &row : page.rows) {
      EXPECT_NEAR(static_cast<double>(row[MINUTE]), begin_s / 60.0, 10);
      for (const long number : row) EXPECT_LE(number, 0x7FFFFFFFL);
    }
    EXPECT_EQ(page.total, page.sums());
  }
}

TEST(MinuteLogClock, TheLastSecondsThatThirtyTwoBitsHoldCloseNoMinuteEarly) {
  Bench pod(0xFFFFFFFFU - 100);
  pod.walk(60);
  EXPECT_LE(pod.page().rows.size(), 1U);
  EXPECT_EQ(pod.log().totals().back, 120U);
}

TEST(MinuteLogClock, APageRepeatsTheQuestionWhateverItWas) {
  Bench pod;
  walk_a_minute(pod);
  constexpr int32_t LEAST = INT32_MIN, MOST = INT32_MAX;
  for (const int32_t log : {LEAST, -1, 0, 4711, MOST}) {
    for (const int32_t after : {LEAST, -1, 0, 1, MOST}) {
      const std::string text = pod.page(static_cast<uint32_t>(log), after).text;
      const std::string echo = "\"asked\":[" + std::to_string(log) + "," + std::to_string(after) + "],";
      EXPECT_NE(text.find(echo), std::string::npos) << text;
    }
  }
}

TEST(MinuteLogClock, ALogIsNeverCalledZeroAndNeverMoreThan31Bits) {
  for (const auto &[drawn, named] :
       std::map<uint32_t, uint32_t>{{0U, 1U}, {0x80000000U, 1U}, {7U, 7U}, {0xFFFFFFFFU, 0x7FFFFFFFU}}) {
    FakeFlash flash;
    MinuteLog log(flash);
    ASSERT_FALSE(log.resume());
    log.start(drawn);
    EXPECT_EQ(log.log_id(), named);
  }
}

TEST(MinuteLogClock, WhatIsKnownOfTheClockOutlivesSleep) {
  Bench pod(1800000000 - 3 * DAY_S);
  walk_a_minute(pod);
  for (int night = 0; night < 20; night++) {
    pod.sleep(900);
    ASSERT_TRUE(pod.resumed());
    pod.rest(20);
  }
  walk_a_minute(pod);
  const auto wrong = dates(pod);
  pod.step_clock(3 * DAY_S);
  pod.rest(30);
  const auto right = dates(pod);
  ASSERT_EQ(right.size(), 2U);
  for (size_t i = 0; i < right.size(); i++) EXPECT_EQ(right[i], wrong[i] + 3 * DAY_S / 60);
}

TEST(MinuteLogClock, AClockThatSleepPutOffSaysNothingOfTheDaysBefore) {
  Bench pod;
  walk_a_minute(pod);
  const auto before = dates(pod);
  pod.sleep(8 * 3600, -8 * 36);  // a percent slow
  walk_a_minute(pod);
  const long after = dates(pod)[1];
  pod.step_clock(8 * 36);
  pod.rest(30);
  EXPECT_EQ(dates(pod), (std::vector<long>{before[0], after + 5}));
}

TEST(MinuteLogClock, OnceAClientHasSetTheClockNoJumpIsAnErrorOfASleep) {
  Bench pod(1800000000 - 120);
  walk_a_minute(pod);
  const auto wrong = dates(pod);
  pod.sleep(8 * 3600);
  walk_a_minute(pod);
  walk_a_minute(pod);
  const Page taken = pod.page();
  pod.page(taken.log(), 2);
  pod.step_clock(120);
  pod.rest(30);
  EXPECT_EQ(dates(pod)[2], dates(taken)[2] + 2);
  EXPECT_EQ(dates(pod)[0], wrong[0]) << "acknowledged";
}

TEST(MinuteLogClock, JumpsWithoutEndFillNothingAndTheNewestAreStillPutRight) {
  Bench pod;
  for (int i = 0; i < 300; i++) {
    pod.step_clock(i % 2 == 0 ? 7200 + i : -7200 - i);
    pod.rest(2);
  }
  pod.step_clock(DAY_S);
  walk_a_minute(pod);
  pod.step_clock(-DAY_S);
  pod.rest(30);
  const auto found = dates(pod);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_LT(std::abs(found[0] * 60 - static_cast<long>(pod.wall_s())), 300);
}

TEST(MinuteLogClock, ARecordOfTheClockThatCannotBeTrueIsLeftAlone) {
  Bench pod;
  walk_a_minute(pod);
  pod.sleep(900);
  const ClockHistory::Record good = pod.kept();
  ASSERT_TRUE(pod.resumed());
  const auto refused = [&pod](ClockHistory::Record record) {
    pod.wake(record);
    return !pod.resumed();
  };
  const auto with = [&good](auto change) {
    ClockHistory::Record record = good;
    change(record);
    return record;
  };
  EXPECT_TRUE(refused(with([](auto &r) { r.count = 0; })));
  EXPECT_TRUE(refused(with([](auto &r) { r.count = ClockHistory::MOST_SEGMENTS + 1; })));
  EXPECT_TRUE(refused(with([](auto &r) { r.epoch_s = 0; })));
  EXPECT_TRUE(refused(with([](auto &r) { r.epoch_s = UINT32_MAX; }))) << "the clock went back meanwhile";
  EXPECT_TRUE(refused(with([](auto &r) { r.segments[0].first_seq = 0; })));
  EXPECT_TRUE(refused(with([](auto &r) { r.segments[0].first_seq = 1000; })));
  EXPECT_FALSE(refused(good));
}

TEST(MinuteLogClock, AnyRecordOfTheClockIsHarmless) {
  std::mt19937 random(16);
  Bench pod;
  for (int i = 0; i < 20; i++) walk_a_minute(pod);
  for (int i = 0; i < 2000; i++) {
    ClockHistory::Record record;
    auto *bytes = reinterpret_cast<uint8_t *>(&record);
    for (size_t at = 0; at < sizeof(record); at++)
      if (random() % 3 == 0) bytes[at] = static_cast<uint8_t>(random());
    if (i % 2 == 0) {  // one that passes for true
      record.count = 1 + static_cast<uint32_t>(random() % ClockHistory::MOST_SEGMENTS);
      record.epoch_s = pod.epoch_s() - static_cast<uint32_t>(random() % 100000);
      for (size_t at = 0; at < record.segments.size(); at++)
        record.segments[at].first_seq = 1 + static_cast<uint32_t>(at) * 2;
    }
    pod.wake(record);
    pod.step_clock(i % 2 == 0 ? 4000 : -4000);
    pod.rest(3);
    const Page page = pod.page();
    EXPECT_EQ(page.rows.size(), 20U);
    for (const auto &row : page.rows) EXPECT_TRUE(row[MINUTE] > 0 && row[MINUTE] <= 0x7FFFFFFFL);
  }
}

}  // namespace
}  // namespace esphome::retrostep
