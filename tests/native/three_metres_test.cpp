/// The 3 m backward walk.

#include "three_metres.h"

#include <gtest/gtest.h>

#include <cmath>

namespace esphome::retrostep {
namespace {

using State = ThreeMetres::State;

/// A walker with the button in the hand.
class Walk {
 public:
  void press() { three.start(now_us_); }
  void rest(double seconds) {
    now_us_ += static_cast<uint64_t>(seconds * 1e6);
    three.pass(now_us_, false);
  }
  /// `swing_s` of motion, then a stance that is as long.
  void strides(int n, float length_m, double swing_s = 0.5, Direction direction = Direction::BACKWARD) {
    for (int i = 0; i < n; i++) {
      Stride stride = one(length_m, swing_s, direction);
      three.add(stride);
      rest(swing_s);
    }
  }
  Stride one(float length_m, double swing_s = 0.5, Direction direction = Direction::BACKWARD) {
    Stride stride{};
    stride.start_us = now_us_;
    rest(swing_s);
    stride.end_us = now_us_;
    stride.direction = direction;
    stride.length_m = length_m;
    stride.counted = stride.length_valid = true;
    return stride;
  }
  State state() const { return three.state(); }

  ThreeMetres three;

 private:
  uint64_t now_us_{7'000'000};
};

TEST(ThreeMetres, TheTimeRunsFromTheFirstLiftUntilTheBodyHasGoneThreeMetres) {
  Walk walk;
  walk.press();
  walk.rest(4);
  // 3.0 m is three quarters into the fourth, which the body enters in the stance before: 2.75 s + 0.75 x 1 s
  walk.strides(4, 0.8f);
  EXPECT_EQ(walk.state(), State::DONE);
  EXPECT_NEAR(walk.three.seconds(), 3.5, 0.001);
}

TEST(ThreeMetres, AStanceOnTheLineMakesNoJump) {
  Walk before, beyond;
  for (Walk *walk : {&before, &beyond}) walk->press();
  before.strides(4, 0.999f);  // 3 mm are missing when the foot stands for the third time
  beyond.strides(4, 1.001f);
  EXPECT_NEAR(beyond.three.seconds(), 2.75, 0.01);
  EXPECT_NEAR(before.three.seconds(), 2.75, 0.01);
}

TEST(ThreeMetres, AStrideThatEndsAtThreeMetresEndsItWithTheBodyOverTheFoot) {
  Walk walk;
  walk.press();
  walk.strides(3, 1.0f);
  EXPECT_NEAR(walk.three.seconds(), 2.75, 0.001);
}

TEST(ThreeMetres, NothingIsTimedUnlessAskedFor) {
  Walk walk;
  walk.strides(9, 1.0f);
  EXPECT_EQ(walk.state(), State::IDLE);
  EXPECT_TRUE(std::isnan(walk.three.seconds()));
  EXPECT_FALSE(walk.three.changed());
}

TEST(ThreeMetres, AStrideThatBeganBeforeTheButtonIsNotPartOfIt) {
  Walk walk;
  const Stride before = walk.one(1.0f);
  walk.press();
  walk.three.add(before);
  EXPECT_EQ(walk.state(), State::READY);
  walk.strides(3, 1.0f);
  EXPECT_NEAR(walk.three.seconds(), 2.75, 0.001);
}

TEST(ThreeMetres, WalkingForwardToTheLineIsNoMistake) {
  Walk walk;
  walk.press();
  walk.strides(5, 1.0f, 0.5, Direction::FORWARD);
  EXPECT_EQ(walk.state(), State::READY);
  walk.strides(3, 1.0f);
  EXPECT_EQ(walk.state(), State::DONE);
}

TEST(ThreeMetres, AStepForwardOnTheWayEndsIt) {
  Walk walk;
  walk.press();
  walk.strides(2, 1.0f);
  walk.strides(1, 1.0f, 0.5, Direction::FORWARD);
  EXPECT_EQ(walk.state(), State::FORWARD_STEP);
  walk.strides(3, 1.0f);
  EXPECT_EQ(walk.state(), State::FORWARD_STEP);
  EXPECT_TRUE(std::isnan(walk.three.seconds()));
}

TEST(ThreeMetres, AStepAsideAddsTimeButNoDistance) {
  Walk walk;
  walk.press();
  walk.strides(2, 1.0f);
  walk.strides(1, 1.0f, 0.5, Direction::LEFT);
  walk.strides(1, 1.0f);
  EXPECT_NEAR(walk.three.seconds(), 3.75, 0.001);
}

TEST(ThreeMetres, AMomentOfHesitationIsPartOfTheTime) {
  Walk walk;
  walk.press();
  walk.strides(2, 1.0f);
  walk.rest(2);
  walk.strides(1, 1.0f);
  EXPECT_NEAR(walk.three.seconds(), 4.75, 0.001);
}

TEST(ThreeMetres, ALongPauseEndsIt) {
  Walk standing, going_on;
  for (Walk *walk : {&standing, &going_on}) {
    walk->press();
    walk->strides(2, 1.0f);
  }
  standing.rest(9);
  EXPECT_EQ(standing.state(), State::PAUSE);
  going_on.rest(4);  // it is not yet known whether a stride is on its way
  EXPECT_EQ(going_on.state(), State::WALKING);
  going_on.strides(1, 1.0f);
  EXPECT_EQ(going_on.state(), State::PAUSE);
}

TEST(ThreeMetres, WhoDoesNotBeginInTimeIsNotTimed) {
  Walk walk;
  walk.press();
  walk.rest(89);
  EXPECT_EQ(walk.state(), State::READY);
  walk.rest(7);
  EXPECT_EQ(walk.state(), State::TOO_LATE);
  walk.strides(3, 1.0f);
  EXPECT_EQ(walk.state(), State::TOO_LATE);
}

TEST(ThreeMetres, WithoutSamplesAWalkEndsButOneThatHasNotBegunWaits) {
  Walk ready, walking;
  ready.press();
  ready.three.pass(8'000'000, true);
  EXPECT_EQ(ready.state(), State::READY);
  walking.press();
  walking.strides(1, 1.0f);
  walking.three.pass(8'000'000, true);
  EXPECT_EQ(walking.state(), State::PAUSE);
}

TEST(ThreeMetres, ALengthThatIsNotKnownEndsIt) {
  Walk walk;
  walk.press();
  Stride stride = walk.one(1.0f);
  stride.length_valid = false;
  walk.three.add(stride);
  EXPECT_EQ(walk.state(), State::NOT_MEASURED);
}

TEST(ThreeMetres, WhatIsNotCountedIsPassedOver) {
  Walk walk;
  walk.press();
  Stride stride = walk.one(1.0f);
  stride.counted = false;
  walk.three.add(stride);
  EXPECT_EQ(walk.state(), State::READY);
}

TEST(ThreeMetres, PressedAgainItBeginsAnewAndForgetsTheResult) {
  Walk walk;
  walk.press();
  walk.strides(3, 1.0f);
  walk.press();
  EXPECT_EQ(walk.state(), State::READY);
  EXPECT_TRUE(std::isnan(walk.three.seconds()));
  walk.strides(3, 1.0f, 1.0);
  EXPECT_NEAR(walk.three.seconds(), 5.5, 0.001);
}

TEST(ThreeMetres, EveryChangeIsToldOnceAndHasWords) {
  Walk walk;
  walk.press();
  EXPECT_TRUE(walk.three.changed());
  EXPECT_FALSE(walk.three.changed());
  walk.strides(1, 1.0f);
  EXPECT_TRUE(walk.three.changed());
  EXPECT_STREQ(to_text(walk.state()), "Walking");
  walk.strides(2, 1.0f);
  EXPECT_TRUE(walk.three.changed());
  EXPECT_STREQ(to_text(walk.state()), "Done");
}

}  // namespace
}  // namespace esphome::retrostep
