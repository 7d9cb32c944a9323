/// Sensors that are off: a gyroscope's bias and an accelerometer's offset are found out and change nothing.

#include <gtest/gtest.h>

#include <string>

#include "stride_accel_offset.h"
#include "stride_motion.h"

using namespace esphome::retrostep;
using esphome::retrostep::testing::Gait;
using esphome::retrostep::testing::Sheet;
using esphome::retrostep::testing::Walker;

namespace {

struct Off {
  float accel_g[3], gyro_dps[3];
};

std::string name_of(const Off &off) {
  std::string name;
  for (const float v : off.accel_g) name += std::to_string(v) + " g ";
  for (const float v : off.gyro_dps) name += std::to_string(v) + " dps ";
  return name;
}

/// Stands, walks 20 strides backward, then round corners.
Sheet walk(const Off &off, double stands_s = 3) {
  Sheet sheet;
  StrideCore core(sheet);
  Walker walker(core);
  for (int i = 0; i < 3; ++i) {
    walker.offset_g[i] = off.accel_g[i];
    walker.bias_dps[i] = off.gyro_dps[i];
  }
  Gait back;
  back.length_m = -0.8;
  Gait corner = back;
  corner.yaw_deg = 45;
  walker.stand(stands_s);
  walker.walk(20, back);
  for (int n = 0; n < 8; ++n) {
    walker.walk(1, corner);
    walker.walk(4, back);
  }
  walker.stand(1);
  core.finish();
  return sheet;
}

TEST(StrideSensor, AGyroBiasOfTwentyDegreesOnEachAxisChangesNoStride) {
  const Sheet right = walk({});
  ASSERT_GT(right.counted(Direction::BACKWARD), 55);
  for (const Off &off : {Off{{}, {5, 5, 5}}, {{}, {15, 15, 15}}, {{}, {20, 20, 20}}, {{}, {-20, 20, -20}}}) {
    const Sheet sheet = walk(off);
    EXPECT_EQ(sheet.counted(Direction::BACKWARD), right.counted(Direction::BACKWARD)) << name_of(off);
    EXPECT_EQ(sheet.counted(), right.counted()) << name_of(off);
    EXPECT_NEAR(sheet.metres(Direction::BACKWARD) / right.metres(Direction::BACKWARD), 1, 0.02)
        << name_of(off);
  }
}

TEST(StrideSensor, AnAccelerometerOffsetOfAFifthOfGravityKeepsStridesAndLength) {
  const Sheet right = walk({});
  for (const float off_g : {0.2f, -0.2f}) {
    for (int axis = 0; axis < 3; ++axis) {
      Off off{};
      off.accel_g[axis] = off_g;
      const Sheet sheet = walk(off);
      EXPECT_GE(sheet.counted(Direction::BACKWARD), right.counted(Direction::BACKWARD) - 1) << name_of(off);
      EXPECT_EQ(sheet.counted(Direction::FORWARD), 0) << name_of(off);
      const double length = sheet.metres(Direction::BACKWARD) / sheet.counted(Direction::BACKWARD);
      const double right_length = right.metres(Direction::BACKWARD) / right.counted(Direction::BACKWARD);
      EXPECT_NEAR(length / right_length, 1, 0.05) << name_of(off);
    }
  }
}

TEST(StrideSensor, WithoutRestAnOffsetIsNotFound) {
  // What the test above shows is the rest's doing.
  EXPECT_LT(walk({{0, 0, 0.2f}, {}}, 0.4).counted(), 10);
}

TEST(StrideSensor, ACoreThatBeginsAgainGoesOnWithWhatWasKnown) {
  const Off off{{0.1f, -0.1f, 0.2f}, {20, 20, 20}};
  Sheet before, woken;
  StrideCore slept(before), core(woken);
  for (StrideCore *one : {&slept, &core}) {
    if (one == &core) core.assume_sensor_errors(slept.sensor_errors());
    Walker walker(*one);
    for (int i = 0; i < 3; ++i) {
      walker.offset_g[i] = off.accel_g[i];
      walker.bias_dps[i] = off.gyro_dps[i];
    }
    walker.stand(one == &slept ? 5 : 0.3);
    walker.walk(one == &slept ? 0 : 10, {});
    one->finish();
  }
  EXPECT_EQ(woken.counted(Direction::FORWARD), 10);
}

TEST(StrideSensor, WhatCannotHaveBeenKnownIsIgnored) {
  Sheet sheet;
  StrideCore core(sheet);
  core.assume_sensor_errors({{INT32_MAX, INT32_MIN, 0}, {1 << 20, 0, INT32_MIN}});
  Walker walker(core);
  walker.stand(1);
  walker.walk(10, {});
  core.finish();
  EXPECT_EQ(sheet.counted(Direction::FORWARD), 10);
}

TEST(StrideSensor, RestShowsWhatGravityIsOffBy) {
  AccelOffset offset;
  const Whole3 reads_q18g{0, 0, (1 << ACCEL_BITS) * 6 / 5};
  EXPECT_EQ(offset.learn_at_rest(reads_q18g, 900000).z, 0) << "too brief";
  EXPECT_NEAR(offset.learn_at_rest(reads_q18g, 1100000).z, (1 << ACCEL_BITS) / 5, 50);
  EXPECT_NEAR(offset.q18g().z, (1 << ACCEL_BITS) / 5, 50);
  EXPECT_EQ(offset.learn_at_rest({0, 0, 1 << ACCEL_BITS}, 1200000).z, 0) << "it is right now";
}

TEST(StrideSensor, RestsInSeveralPosturesShowTheOffsetOfEveryAxis) {
  // A shoe on the floor, on its side, on its heel, and on the floor again: each rest shows what lies along
  // gravity.
  const Vec3 off{0.2f, -0.2f, 0.15f};
  AccelOffset offset;
  const auto left_g = [&] { return (off - offset.q18g().real(1.0f / (1 << ACCEL_BITS))).norm(); };
  for (const Vec3 &up : {Vec3{0.1f, 0, 1}, Vec3{0, 1, 0.1f}, Vec3{-1, 0.1f, 0.1f}, Vec3{0.1f, 0, 1}}) {
    const Vec3 reads = up.unit({0, 0, 1}) + off;
    offset.learn_at_rest(Whole3::of(reads, 1 << ACCEL_BITS) - offset.q18g(), 1500000);
  }
  EXPECT_LT(left_g(), 0.05f);
}

TEST(StrideSensor, ABrokenSensorIsNotTakenForOneThatIsOff) {
  AccelOffset offset;
  EXPECT_EQ(offset.learn_at_rest({0, 0, (1 << ACCEL_BITS) * 3 / 2}, 5000000).z, 0);
  EXPECT_EQ(offset.q18g().z, 0);
}

TEST(StrideSensor, TurnsShowWhatLiesAcrossGravity) {
  AccelOffset offset;
  constexpr float OFF_G = 0.2f;
  for (int n = 0; n < 12; ++n) {
    // Half a turn about up: what the offset did at the start it does the other way round now.
    const auto left_g = OFF_G - static_cast<float>(offset.q18g().x) / (1 << ACCEL_BITS);
    const Attitude start = Attitude::upright({left_g, 0, 1}, 1.0f);
    const Attitude end = start * Attitude::of(0, 0, 0, 1);
    offset.learn_from_turn(start, end, Whole3::of({left_g, 0, 1}, 1 << ACCEL_BITS));
  }
  EXPECT_NEAR(static_cast<float>(offset.q18g().x) / (1 << ACCEL_BITS), OFF_G, 0.06f);
  EXPECT_NEAR(static_cast<float>(offset.q18g().y) / (1 << ACCEL_BITS), 0, 0.01f);
}

TEST(StrideSensor, StraightStridesSayNothingOfTheOffset) {
  AccelOffset offset;
  const Attitude start, end = Attitude::upright({0.2f, 0, 1}, 1.0f);  // tipped, not turned
  offset.learn_from_turn(start, end, {0, 0, 1 << ACCEL_BITS});
  EXPECT_EQ(offset.q18g().x, 0);
}

}  // namespace
