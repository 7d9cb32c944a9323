/// When the samples were taken that wait in a FIFO.

#include "fifo_clock.h"

#include <gtest/gtest.h>

#include <cmath>

namespace esphome::motion_fifo {
namespace {

/// A sensor that converts at its own rate, and a main loop that comes for the samples.
class Sensor {
 public:
  Sensor(double rate_hz, double promised_hz, double start_us = 20e6)
      : period_us_(1e6 / rate_hz), start_us_(start_us), now_us_(start_us) {
    clock_.set_rate_hz(static_cast<float>(promised_hz));
  }

  /// Lets time pass, then takes what waits, at most `most` samples. Counting them takes `counting_us`.
  void fetch_after(double pass_us, double counting_us = 200, uint64_t most = 1000) {
    now_us_ += pass_us;
    const auto taken = static_cast<uint64_t>((now_us_ - start_us_) / period_us_);
    const uint64_t count = taken - fetched_;
    clock_.found(static_cast<uint32_t>(count), wrapped(now_us_ - counting_us), wrapped(now_us_));
    for (uint64_t i = 0; i < std::min(count, most); i++) {
      fetched_++;
      const uint32_t time = clock_.next_us();
      const double truth_us = start_us_ + static_cast<double>(fetched_) * period_us_;
      error_us_ = static_cast<int32_t>(time - wrapped(truth_us));
      worst_us_ = std::max(worst_us_, std::abs(error_us_));
      const double step_us = static_cast<int32_t>(time - last_);
      if (fetched_ > 1)
        longest_us_ = std::max(longest_us_, step_us), shortest_us_ = std::min(shortest_us_, step_us);
      last_ = time;
    }
  }
  void walk(double seconds) {
    for (double passed_us = 0; passed_us < seconds * 1e6; passed_us += 50000)
      fetch_after(50000 + 900 * std::sin(passed_us));
  }
  void forget_extremes() { worst_us_ = longest_us_ = 0, shortest_us_ = 1e9; }
  /// The FIFO ran over: so many samples were lost.
  void lose(uint64_t samples) { fetched_ += samples, clock_.lost(); }

  FifoClock clock_;
  double period_us_;
  double error_us_{0}, worst_us_{0}, longest_us_{0}, shortest_us_{1e9};

 private:
  static uint32_t wrapped(double us) { return static_cast<uint32_t>(static_cast<uint64_t>(us)); }

  double start_us_, now_us_;
  uint64_t fetched_{0};
  uint32_t last_{0};
};

class Rates : public testing::TestWithParam<double> {};

TEST_P(Rates, TheTrueRateIsFoundOut) {
  Sensor sensor{104.0 * GetParam(), 104.0};
  sensor.walk(20);
  EXPECT_NEAR(sensor.clock_.rate_hz() / (104.0 * GetParam()), 1.0, 0.0015);
}

TEST_P(Rates, NoSampleIsMoreThanItsPeriodOffFromTheFirstOn) {
  Sensor sensor{104.0 * GetParam(), 104.0};
  sensor.walk(60);
  EXPECT_LT(sensor.worst_us_, sensor.period_us_);
}

TEST_P(Rates, OnceTheRateIsKnownSamplesAreEvenlySpacedInAStallToo) {
  Sensor sensor{104.0 * GetParam(), 104.0};
  sensor.walk(20);
  sensor.forget_extremes();
  for (int i = 0; i < 20; i++) {
    sensor.walk(2);
    sensor.fetch_after(1e6);
  }
  EXPECT_LT(sensor.longest_us_ / sensor.period_us_, 1.03);
  EXPECT_GT(sensor.shortest_us_ / sensor.period_us_, 0.97);
  EXPECT_LT(sensor.worst_us_, 0.5 * sensor.period_us_);
}

INSTANTIATE_TEST_SUITE_P(Sensors, Rates, testing::Values(0.90, 0.97, 1.0, 1.02, 1.08));

TEST(FifoClock, CountingThatWasInterruptedMovesNothing) {
  Sensor sensor{104.0, 104.0};
  sensor.walk(20);
  const double before_us = sensor.error_us_;
  for (int i = 0; i < 3; i++) sensor.fetch_after(400000, 300000);
  EXPECT_NEAR(sensor.error_us_, before_us, 600);
}

TEST(FifoClock, WhatIsLeftForTheNextTimeKeepsItsTimes) {
  Sensor sensor{104.0, 104.0};
  sensor.walk(20);
  sensor.forget_extremes();
  sensor.fetch_after(1e6, 200, 40);
  for (int i = 0; i < 10; i++) sensor.fetch_after(50000, 200, 40);
  EXPECT_LT(sensor.worst_us_, 0.5 * sensor.period_us_);
}

TEST(FifoClock, LostSamplesLeaveAGapInTimeAndTheRestIsPlacedRight) {
  Sensor sensor{104.0, 104.0};
  sensor.walk(20);
  sensor.fetch_after(50000);
  sensor.forget_extremes();
  sensor.lose(200);
  sensor.fetch_after(3e6);
  sensor.walk(5);
  EXPECT_NEAR(sensor.longest_us_, 201 * sensor.period_us_, 1.2 * sensor.period_us_);
  EXPECT_LT(sensor.worst_us_, sensor.period_us_);
  EXPECT_NEAR(sensor.clock_.rate_hz(), 104.0, 1.0);
}

TEST(FifoClock, AWrapOfTheMicrosecondsGoesUnnoticed) {
  Sensor sensor{104.0, 104.0, 4294967296.0 - 25e6};
  sensor.walk(60);
  EXPECT_LT(sensor.worst_us_, sensor.period_us_);
  EXPECT_LT(sensor.longest_us_, 1.2 * sensor.period_us_);
}

TEST(FifoClock, WhatWaitedBeforeTheProcessorStartedLiesBeforeItsFirstMicrosecond) {
  FifoClock clock;
  clock.set_rate_hz(104.0f);
  constexpr uint32_t waiting = 339, now_us = 800000;
  clock.found(waiting, now_us - 200, now_us);
  const uint32_t first_us = clock.next_us();
  uint32_t last_us = first_us;
  for (uint32_t i = 1; i < waiting; i++) {
    const uint32_t time_us = clock.next_us();
    EXPECT_NEAR(static_cast<int32_t>(time_us - last_us), 1e6 / 104, 1);
    last_us = time_us;
  }
  EXPECT_NEAR(static_cast<int32_t>(last_us), now_us, 1e6 / 104);
  EXPECT_NEAR(static_cast<int32_t>(first_us), now_us - 338e6 / 104, 1e6 / 104);
}

TEST(FifoClock, TimeNeverRunsBackwards) {
  Sensor sensor{104.0, 104.0};
  for (int i = 0; i < 50; i++) {
    sensor.walk(1);
    sensor.clock_.lost();  // taken for lost, though nothing was
  }
  EXPECT_GE(sensor.shortest_us_, 0.0);
  EXPECT_LT(sensor.worst_us_, 1.5 * sensor.period_us_);
}

}  // namespace
}  // namespace esphome::motion_fifo
