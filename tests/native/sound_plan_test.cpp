// The metronome keeps its beat and tunes their notes, however late the main loop looks.
#include "sound_plan.h"

#include <gtest/gtest.h>

#include <vector>

using esphome::pod_feedback::Note;
using esphome::pod_feedback::SoundPlan;

namespace {

constexpr uint64_t SECOND = 1000000;
constexpr uint64_t START = 5 * SECOND + 123;
constexpr Note TUNE[] = {{1000, 100}, {0, 50}, {1500, 200}};

/// Looks when the plan says and `late_us` later; gives the beginnings of what is heard.
std::vector<uint64_t> heard(SoundPlan &plan, uint64_t from, uint64_t until, uint64_t late_us = 0) {
  std::vector<uint64_t> beginnings;
  uint16_t before = 0;
  for (uint64_t now = from; now < until;) {
    const auto [frequency_hz, until_us] = plan.at(now);
    if (frequency_hz != 0 && before == 0) beginnings.push_back(now);
    before = frequency_hz;
    if (until_us == SoundPlan::NEVER) break;
    EXPECT_GT(until_us, now);
    now = until_us + late_us;
  }
  return beginnings;
}

TEST(SoundPlan, AfterAnHourTheMetronomeIsWhereTheClockSays) {
  for (const uint32_t rate : {40U, 97U, 120U, 160U}) {
    SoundPlan plan;
    plan.set_rate(START, rate);
    plan.start_metronome(START);
    const auto beats = heard(plan, START, START + 3600 * SECOND, 900);
    ASSERT_EQ(beats.size(), rate * 60U);
    for (size_t n = 0; n < beats.size(); n++) {
      const double due = static_cast<double>(START) + 60e6 * static_cast<double>(n) / rate;
      ASSERT_NEAR(static_cast<double>(beats[n]), due, 902.0) << "beat " << n;
    }
  }
}

TEST(SoundPlan, ABeatThatIsMissedIsNotMadeUp) {
  SoundPlan plan;
  plan.set_rate(START, 60);
  plan.start_metronome(START);
  EXPECT_NE(plan.at(START).frequency_hz, 0);
  // A stall of 2.5 s: two beats have passed.
  const auto late = plan.at(START + 2500000);
  EXPECT_EQ(late.frequency_hz, 0);
  EXPECT_EQ(late.until_us, START + 3 * SECOND);
}

TEST(SoundPlan, ATickThatIsLookedAtLateIsShortNotShifted) {
  SoundPlan plan;
  plan.set_rate(START, 60);
  plan.start_metronome(START);
  const auto tick = plan.at(START + SECOND + 20000);
  EXPECT_NE(tick.frequency_hz, 0);
  EXPECT_EQ(tick.until_us, START + SECOND + SoundPlan::TICK_US);
}

TEST(SoundPlan, AnotherRateGoesOnFromTheLastBeat) {
  SoundPlan plan;
  plan.set_rate(START, 60);
  plan.start_metronome(START);
  plan.set_rate(START + 10 * SECOND + 400000, 120);
  EXPECT_EQ(plan.at(START + 10 * SECOND + 400000).until_us, START + 10 * SECOND + 500000);
}

TEST(SoundPlan, ATuneIsPlayedOnceInsteadOfTicksWhichKeepTheirBeat) {
  SoundPlan plan;
  plan.set_rate(START, 120);
  plan.start_metronome(START);
  plan.play(START + 450000, TUNE);
  const auto beginnings = heard(plan, START + 450000, START + 1200000);
  const std::vector<uint64_t> expected{START + 450000, START + 600000, START + SECOND};
  EXPECT_EQ(beginnings, expected);
  EXPECT_EQ(plan.at(START + 700000).frequency_hz, 0);
}

TEST(SoundPlan, ANewTuneReplacesTheOneBefore) {
  SoundPlan plan;
  plan.play(START, TUNE);
  plan.play(START + 120000, TUNE);
  EXPECT_EQ(plan.at(START + 130000).frequency_hz, 1000);
  EXPECT_EQ(plan.at(START + 470000).until_us, SoundPlan::NEVER);
}

TEST(SoundPlan, NothingIsHeardWhileMutedAndTheBeatGoesOn) {
  SoundPlan plan;
  plan.set_rate(START, 60);
  plan.start_metronome(START);
  plan.set_muted(true);
  EXPECT_EQ(plan.at(START + SECOND).frequency_hz, 0);
  plan.play(START + SECOND, TUNE);
  EXPECT_EQ(plan.at(START + SECOND).frequency_hz, 0);
  plan.set_muted(false);
  EXPECT_EQ(plan.at(START + 3 * SECOND).frequency_hz, SoundPlan::TICK_HZ);
}

TEST(SoundPlan, NothingIsLeftToDoWhenTheMetronomeIsOff) {
  SoundPlan plan;
  EXPECT_EQ(plan.at(START).until_us, SoundPlan::NEVER);
  plan.start_metronome(START);
  EXPECT_TRUE(plan.ticking());
  plan.stop_metronome();
  EXPECT_EQ(plan.at(START).frequency_hz, 0);
  EXPECT_EQ(plan.at(START).until_us, SoundPlan::NEVER);
}

}  // namespace
