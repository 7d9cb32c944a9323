#include "walking_time.h"

#include <gtest/gtest.h>

namespace esphome::retrostep {
namespace {

constexpr uint64_t MS = 1000;

Stride swing(uint64_t start_ms, uint64_t end_ms, Direction direction = Direction::BACKWARD) {
  Stride stride{};
  stride.start_us = start_ms * MS;
  stride.end_us = end_ms * MS;
  stride.direction = direction;
  return stride;
}

TEST(WalkingTime, AWalkLastsFromItsFirstLiftToItsLastStance) {
  WalkingTime time;
  uint64_t walked_us = 0;
  for (uint64_t i = 0; i < 10; ++i) walked_us += time.add(swing(5000 + i * 1400, 5900 + i * 1400));
  EXPECT_EQ(walked_us, (9 * 1400 + 900) * MS);
}

TEST(WalkingTime, StandingBetweenBoutsIsNotWalking) {
  WalkingTime time;
  EXPECT_EQ(time.add(swing(0, 900)), 900 * MS);
  EXPECT_EQ(time.add(swing(3900, 4800)), 900 * MS);
}

TEST(WalkingTime, TurningRoundBeginsAnotherBout) {
  WalkingTime time;
  EXPECT_EQ(time.add(swing(0, 900)), 900 * MS);
  EXPECT_EQ(time.add(swing(1400, 2300, Direction::FORWARD)), 900 * MS);
  EXPECT_EQ(time.add(swing(2800, 3700, Direction::FORWARD)), 1400 * MS);
}

TEST(WalkingTime, AStrideOfAnotherRecordingStandsAlone) {
  WalkingTime time;
  time.add(swing(10000, 10900));
  EXPECT_EQ(time.add(swing(0, 900)), 900 * MS);
}

}  // namespace
}  // namespace esphome::retrostep
