/// When the core takes the pod for worn.

#include <gtest/gtest.h>

#include "stride_motion.h"

namespace esphome::retrostep::testing {
namespace {

class StrideWearTest : public ::testing::Test {
 protected:
  Sheet sheet;
  StrideCore core{sheet};
  Walker walker{core, 25};

  /// A leg that stirs a little: the pod tilts to and fro by 3°.
  void sit(double minutes) {
    const double end_s = walker.time_s + 60 * minutes;
    while (walker.time_s < end_s) {
      const double tilt = 0.05 * std::sin(walker.time_s / 20);
      walker.emit(-std::sin(tilt) * G, std::sin(tilt) * G, std::cos(tilt) * G, 0, 0, 0);
    }
  }
};

TEST_F(StrideWearTest, APodFreshFromTheChargerIsNotWorn) {
  walker.stand(60);
  EXPECT_FALSE(core.worn());
}

TEST_F(StrideWearTest, WalkingProvesWearAtOnce) {
  walker.stand(1);
  walker.walk(4, {.length_m = 0.8});
  EXPECT_TRUE(core.worn());
}

TEST_F(StrideWearTest, ASittingLegStaysWorn) {
  walker.walk(4, {.length_m = 0.8});
  sit(120);
  EXPECT_TRUE(core.worn());
}

TEST_F(StrideWearTest, APodPutOnTheShelfIsNotWornAfterAnHourOrSo) {
  walker.walk(4, {.length_m = 0.8});
  walker.stand(45 * 60);
  EXPECT_TRUE(core.worn());
  walker.stand(35 * 60);
  EXPECT_FALSE(core.worn());
}

}  // namespace
}  // namespace esphome::retrostep::testing
