/// What is gathered tick by tick: the window's running sums and the turns of a swing.

#include "stride_window.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "stride_mounting_swing.h"
#include "stride_swing.h"

namespace esphome::retrostep::testing {
namespace {

/// Ticks as no foot moves: anything goes, the longest sensor range included.
class Ticks {
 public:
  Tick next(int32_t most_accel = 16 << ACCEL_BITS, int32_t most_rate = 2000 << RATE_BITS) {
    const auto three = [this](int32_t most) {
      return Whole3{any(-most, most), any(-most, most), any(-most, most)};
    };
    return {three(most_accel), three(most_rate), static_cast<uint32_t>(any(9001, 40000)), false};
  }

 private:
  int32_t any(int32_t low, int32_t high) {
    return std::uniform_int_distribution<int32_t>(low, high)(random_);
  }
  std::mt19937 random_{1};
};

TEST(MotionWindow, AMeanIsThatOfTheTicksAroundHoweverLongTheSumsHaveRunOn) {
  Ticks ticks;
  MotionWindow window;
  window.clear();
  std::vector<Tick> all;
  int64_t x = 0;  // so far the sum of what the window sums up in 32 bits
  size_t centre = 0, looked = 0;
  for (int i = 0; i < 20000; ++i) {
    Tick tick = ticks.next();
    tick.accel_q18g.x = std::abs(tick.accel_q18g.x);
    x += tick.accel_q18g.x;
    all.push_back(tick);
    window.push(tick, {});
    while (window.advance()) {
      const Tick now = window.centre();
      ASSERT_EQ(now.accel_q18g.x, all[centre].accel_q18g.x);
      ASSERT_EQ(now.gyro_q9dps.z, all[centre].gyro_q9dps.z);
      ASSERT_EQ(now.dt_us, all[centre].dt_us);
      ++centre;
      if (!window.full()) continue;
      ++looked;
      // From the tick that ended half a window before this one (to half a tick of 100 Hz) to the newest.
      size_t first = centre - 1;
      for (uint32_t us = 0; us < 44500; --first) us += all[first].dt_us;
      Whole3 accel;
      uint32_t rate2_q4 = 0;
      for (size_t k = first; k < all.size(); ++k) {
        accel += all[k].accel_q18g;
        rate2_q4 = std::max(rate2_q4, squared_rate_q4(all[k].gyro_q9dps));
      }
      const Whole3 mean = accel / static_cast<int32_t>(all.size() - first);
      const Whole3 told = window.mean_accel_q18g(window.wide());
      ASSERT_EQ(told.x, mean.x);
      ASSERT_EQ(told.y, mean.y);
      ASSERT_EQ(window.max_rate2_q4(window.wide()), rate2_q4);
      ASSERT_TRUE(window.slower(rate2_q4 + 1));
      ASSERT_FALSE(window.slower(rate2_q4));
    }
  }
  EXPECT_GT(looked, 19000u);
  EXPECT_GT(x, int64_t{1} << 33);
}

TEST(Readings, AreTheSameWholeNumbersFromTheirBitsAsByFloatingPoint) {
  std::mt19937 random{2};
  std::uniform_real_distribution<float> near{-40.0f, 40.0f};
  for (int i = 0; i < 100000; ++i) {
    const float accel_g = near(random) * (i % 3 == 0 ? 1e-5f : 1.0f);
    ASSERT_EQ(whole_of_bits(accel_g, ACCEL_BITS), static_cast<int32_t>(accel_g * (1 << ACCEL_BITS)));
  }
  for (const float dps : {0.0f, -0.0f, 1e-45f, 0.001f, -0.002f, 1.0f, -1.0f, 4500.0f, -4500.0f})
    EXPECT_EQ(whole_of_bits(dps, RATE_BITS), static_cast<int32_t>(dps * (1 << RATE_BITS))) << dps;
}

class MountingSwingTest : public ::testing::TestWithParam<bool> {};

TEST_P(MountingSwingTest, ASwingInTwoPartsIsTheSameAsInOne) {
  WatchedAxes axes;
  axes.plain = GetParam();
  axes.across_q30 = {1 << 30, 0, 0};
  axes.aside_q30 = axes.left_q30 = {0, 1 << 30, 0};
  Ticks ticks;
  for (int length = 0; length < 300; ++length) {
    MountingSwing whole, first, then;
    for (int i = 0; i < length % 25; ++i) {
      const Tick tick = ticks.next();
      const TickTurn turn(tick.gyro_q9dps, tick.dt_us);
      whole.add(axes, tick.gyro_q9dps, turn.half_q27rad, tick.dt_us, turn.dt_q32s);
      (i < length % 11 ? first : then).add(axes, tick.gyro_q9dps, turn.half_q27rad, tick.dt_us, turn.dt_q32s);
    }
    first.append(then);
    for (const bool toe : {false, true}) {
      const LeadingPitch a = whole.leading(toe), b = first.leading(toe);
      EXPECT_EQ(a.down_half_q21, b.down_half_q21);
      EXPECT_EQ(a.up_half_q21, b.up_half_q21);
      EXPECT_EQ(a.leave_q9dps, b.leave_q9dps);
      EXPECT_EQ(a.land_q9dps, b.land_q9dps);
    }
    const TurnedAbout a = whole.about(), b = first.about();
    EXPECT_EQ(a.twice_q5.x, b.twice_q5.x);
    EXPECT_EQ(a.twice_q5.y, b.twice_q5.y);
    EXPECT_EQ(a.whole_q5, b.whole_q5);
  }
}

INSTANTIATE_TEST_SUITE_P(Axes, MountingSwingTest, ::testing::Bool());

}  // namespace
}  // namespace esphome::retrostep::testing
