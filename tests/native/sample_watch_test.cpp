/// A sensor that is not to be believed is noticed, and one that rests is.

#include "sample_watch.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace esphome::retrostep {
namespace {

/// A pod's main loop: 100 turns a second, in each of them a sample or none.
class Loop {
 public:
  explicit Loop(float rate_hz = 100.0f) : dt_ms_(static_cast<uint32_t>(1000.0f / rate_hz)) {}

  /// A foot at rest, with a sensor's noise.
  void rest(double seconds) {
    run(seconds, [this] { sample(noise(), noise(), 1.0f + noise(), noise(), noise(), noise()); });
  }
  /// A foot that walks.
  void walk(double seconds) {
    run(seconds, [this] {
      const float phase = static_cast<float>(now_ms) * 0.006f;
      sample(std::sin(phase), noise(), 1.0f + std::cos(phase), noise(), 200.0f * std::sin(phase), noise());
    });
  }
  void off_by(double seconds, float accel_g, float gyro_dps) {
    run(seconds, [=, this] {
      sample(noise(), noise(), 1.0f + accel_g + noise(), gyro_dps + noise(), gyro_dps + noise(),
             gyro_dps + noise());
    });
  }
  void constant(double seconds) {
    run(seconds, [this] { sample(0.0f, 0.0f, 1.0f, 0.0f, 0.0f, 0.0f); });
  }
  void silent(double seconds) {
    run(seconds, [] {});
  }
  /// The main loop stands still.
  void stall(double seconds) { now_ms += static_cast<uint32_t>(seconds * 1000); }

  SampleWatch watch;
  uint32_t now_ms{4294960000U};  // wraps soon
  int changes{0}, tries{0};

 private:
  template <typename Turn>
  void run(double seconds, Turn turn) {
    for (auto left = static_cast<int>(seconds * 1000); left > 0; left -= static_cast<int>(dt_ms_)) {
      now_ms += dt_ms_;
      turn();
      changes += watch.look(now_ms);
      tries += watch.set_up_due(now_ms);
    }
  }
  void sample(float ax, float ay, float az, float gx, float gy, float gz) {
    watch.add({now_ms * 1000U, {ax, ay, az}, {gx, gy, gz}});
  }
  float noise() { return std::uniform_real_distribution<float>(-0.002f, 0.002f)(random_); }

  uint32_t dt_ms_;
  std::mt19937 random_{1};
};

TEST(SampleWatch, RestAndWalksAreNoFault) {
  Loop pod;
  for (int minute = 0; minute < 5; minute++) {
    pod.rest(40);
    pod.walk(20);
  }
  EXPECT_EQ(pod.watch.fault(), SensorFault::NONE);
  EXPECT_EQ(pod.changes, 0);
  EXPECT_EQ(pod.tries, 0);
}

TEST(SampleWatch, TwoSecondsWithoutASampleAreAFault) {
  Loop pod;
  pod.walk(5);
  pod.silent(1.9);
  EXPECT_EQ(pod.watch.fault(), SensorFault::NONE);
  pod.silent(0.2);
  EXPECT_EQ(pod.watch.fault(), SensorFault::SILENT);
  EXPECT_EQ(pod.watch.faults(), 1U);
  EXPECT_EQ(pod.tries, 1);
}

TEST(SampleWatch, ASensorThatNeverAnswersIsAFaultFromTheStart) {
  Loop pod;
  pod.silent(2.3);
  EXPECT_EQ(pod.watch.fault(), SensorFault::SILENT);
}

TEST(SampleWatch, AMainLoopThatStandsStillIsNoFaultOfTheSensor) {
  Loop pod;
  pod.rest(5);
  pod.stall(30);
  pod.silent(0.5);
  pod.rest(5);
  EXPECT_EQ(pod.changes, 0);
}

TEST(SampleWatch, TheSameWordsForTwoSecondsAreAFault) {
  Loop pod;
  pod.walk(5);
  pod.constant(1.9);
  EXPECT_EQ(pod.watch.fault(), SensorFault::NONE);
  pod.constant(0.3);
  EXPECT_EQ(pod.watch.fault(), SensorFault::STUCK);
}

TEST(SampleWatch, AtALowRateTwoSecondsAreTooFewSamples) {
  Loop pod(25.0f);
  pod.walk(5);
  pod.constant(5.5);
  EXPECT_EQ(pod.watch.fault(), SensorFault::NONE);
  pod.constant(1);
  EXPECT_EQ(pod.watch.fault(), SensorFault::STUCK);
}

TEST(SampleWatch, OneBitOfNoiseIsEnough) {
  Loop pod;
  for (int n = 0; n < 60; n++) {
    pod.constant(1);
    pod.rest(0.01);
  }
  EXPECT_EQ(pod.changes, 0);
}

TEST(SampleWatch, ASecondOfGoodSamplesEndsAFaultAndOneSampleDoesNot) {
  Loop pod;
  pod.walk(5);
  pod.silent(5);
  pod.walk(0.01);
  EXPECT_EQ(pod.watch.fault(), SensorFault::SILENT);
  pod.silent(1);
  pod.walk(0.9);
  EXPECT_EQ(pod.watch.fault(), SensorFault::SILENT);
  pod.walk(0.3);
  EXPECT_EQ(pod.watch.fault(), SensorFault::NONE);
  EXPECT_EQ(pod.watch.faults(), 1U);
  EXPECT_EQ(pod.changes, 2);
}

TEST(SampleWatch, ASensorThatIsTooFarOffIsNoticedWithinAMinuteOfRest) {
  for (const auto &[accel_g, gyro_dps] :
       {std::pair{0.6f, 0.0f}, {-0.5f, 0.0f}, {0.0f, 25.0f}, {0.0f, 300.0f}}) {
    Loop pod;
    pod.off_by(3, accel_g, gyro_dps);
    EXPECT_EQ(pod.watch.fault(), SensorFault::NONE);
    pod.off_by(57, accel_g, gyro_dps);
    EXPECT_EQ(pod.watch.fault(), SensorFault::OUT_OF_RANGE) << accel_g << " g, " << gyro_dps << " °/s";
    pod.rest(3);
    EXPECT_EQ(pod.watch.fault(), SensorFault::NONE);
  }
}

TEST(SampleWatch, WhatACoreCanTakeOffIsNoFault) {
  for (const auto &[accel_g, gyro_dps] : {std::pair{0.34f, 20.0f}, {-0.34f, -20.0f}}) {
    Loop pod;
    pod.off_by(120, accel_g, gyro_dps);
    EXPECT_EQ(pod.changes, 0) << accel_g << " g, " << gyro_dps << " °/s";
  }
}

TEST(SampleWatch, TheSensorIsSetUpAgainFurtherAndFurtherApart) {
  Loop pod;
  pod.rest(1);
  pod.silent(2.1 + 4 + 8 + 16 - 0.5);
  EXPECT_EQ(pod.tries, 3);
  pod.silent(1);
  EXPECT_EQ(pod.tries, 4);
  const int before = pod.tries;
  pod.silent(3600);
  EXPECT_NEAR(pod.tries - before, 60, 2);
}

TEST(SampleWatch, LongAfterItWorkedTheFirstWaitIsShortAgain) {
  Loop pod;
  pod.silent(600);
  pod.rest(400);
  const int before = pod.tries;
  pod.silent(2.1 + 4.1);
  EXPECT_EQ(pod.tries - before, 2);
}

TEST(SampleWatch, EachFaultHasItsWords) {
  EXPECT_STREQ(to_text(SensorFault::NONE), "OK");
  EXPECT_STREQ(to_text(SensorFault::SILENT), "No samples");
  EXPECT_STREQ(to_text(SensorFault::STUCK), "Constant readings");
  EXPECT_STREQ(to_text(SensorFault::OUT_OF_RANGE), "Out of range");
}

}  // namespace
}  // namespace esphome::retrostep
