/// Samples from tagged words, as they come and when some are missing.

#include "tagged_words.h"

#include <gtest/gtest.h>

#include <vector>

namespace esphome::lsm6ds_fifo {
namespace {

using Word = std::array<uint8_t, TaggedWords::BYTES_PER_WORD>;
using Took = TaggedWords::Took;

constexpr uint8_t GYRO = 1, ACCEL = 2, TEMPERATURE = 3;

/// A word of a sensor of a moment; its axes tell the moment, too.
Word word(uint8_t sensor, int moment) {
  auto tag = static_cast<uint8_t>(sensor << 3 | (moment & 3) << 1);
  tag = static_cast<uint8_t>(tag | (std::popcount(tag) & 1));
  const auto axis = static_cast<uint8_t>(16 * sensor + moment);
  return {tag, axis, axis, axis, axis, axis, axis};
}

/// What becomes of words, and of which moments the samples are.
struct Taken {
  std::vector<Took> took;
  std::vector<int> moments;
};
Taken take(TaggedWords &words, const std::vector<Word> &all) {
  Taken taken;
  for (const auto &one : all) {
    taken.took.push_back(words.take(one.data()));
    if (taken.took.back() != Took::SAMPLE) continue;
    const auto &sample = words.sample();
    EXPECT_EQ(sample[0] - 16 * GYRO, sample[11] - 16 * ACCEL) << "two halves of one moment";
    taken.moments.push_back(sample[0] - 16 * GYRO);
  }
  return taken;
}

TEST(TaggedWords, TwoWordsOfAMomentAreASampleInWhateverOrder) {
  TaggedWords words;
  const auto taken =
      take(words, {word(GYRO, 0), word(ACCEL, 0), word(ACCEL, 1), word(GYRO, 1), word(GYRO, 2),
                   word(ACCEL, 2), word(GYRO, 3), word(ACCEL, 3), word(ACCEL, 4), word(GYRO, 4)});
  EXPECT_EQ(taken.moments, (std::vector{0, 1, 2, 3, 4}));
  EXPECT_FALSE(words.half());
}

TEST(TaggedWords, HalfASampleWaitsForItsOtherWord) {
  TaggedWords words;
  take(words, {word(GYRO, 0), word(ACCEL, 0), word(GYRO, 1)});
  EXPECT_TRUE(words.half());
  EXPECT_EQ(take(words, {word(ACCEL, 1)}).moments, std::vector{1});
}

TEST(TaggedWords, AtTheStartThereMayBeWordsWithoutTheirOtherHalf) {
  TaggedWords words;
  const auto taken = take(words, {word(ACCEL, 1), word(ACCEL, 2), word(GYRO, 3), word(ACCEL, 3)});
  EXPECT_EQ(taken.took, (std::vector{Took::HALF, Took::HALF, Took::HALF, Took::SAMPLE}));
  EXPECT_EQ(taken.moments, std::vector{3});
}

TEST(TaggedWords, AMissingWordIsNoticed) {
  for (const uint8_t missing : {GYRO, ACCEL}) {
    TaggedWords words;
    take(words, {word(GYRO, 0), word(ACCEL, 0)});
    const uint8_t other = missing == GYRO ? ACCEL : GYRO;
    const auto taken = take(words, {word(other, 1), word(GYRO, 2)});
    EXPECT_EQ(taken.took.back(), Took::OUT_OF_STEP);
  }
}

TEST(TaggedWords, AMissingSampleIsNoticed) {
  for (const int missing : {1, 2, 3}) {
    TaggedWords words;
    take(words, {word(GYRO, 0), word(ACCEL, 0)});
    EXPECT_EQ(take(words, {word(GYRO, 1 + missing)}).took.back(), Took::OUT_OF_STEP);
  }
}

TEST(TaggedWords, AfterAStartNothingIsMissed) {
  TaggedWords words;
  take(words, {word(GYRO, 0), word(ACCEL, 0), word(GYRO, 1)});
  words.start();
  EXPECT_FALSE(words.half());
  EXPECT_EQ(take(words, {word(ACCEL, 6), word(GYRO, 7), word(ACCEL, 7)}).moments, std::vector{7});
}

TEST(TaggedWords, BytesThatAreNoWordAreNoticed) {
  auto odd = word(GYRO, 0);
  odd[0] ^= 1;
  const Word empty{};
  for (const auto &wrong : {odd, empty, word(TEMPERATURE, 0)}) {
    TaggedWords words;
    EXPECT_EQ(words.take(wrong.data()), Took::OUT_OF_STEP);
  }
}

}  // namespace
}  // namespace esphome::lsm6ds_fifo
