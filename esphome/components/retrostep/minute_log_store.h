#pragma once
/// Where the minute log is kept.

#include <cstddef>
#include <cstdint>

namespace esphome::retrostep {

/// A few numbered records of at most 255 bytes. Saving may be delayed until `sync()`; after it returned true
/// the records are there for good. A power cut in between may lose or tear what was being saved, never
/// anything else.
class MinuteStore {
 public:
  virtual bool save(uint32_t slot, const void *data, size_t size) = 0;
  /// False if the slot was never written, with this size, or cannot be read.
  virtual bool load(uint32_t slot, void *data, size_t size) = 0;
  virtual bool sync() = 0;

  /// Slots: two heads, one scratch place for a block that is being rewritten, the ring of blocks.
  static constexpr uint32_t HEAD_SLOTS = 2;
  static constexpr uint32_t SCRATCH_SLOT = 2;
  static constexpr uint32_t FIRST_BLOCK_SLOT = 3;
  static constexpr uint32_t RING_BLOCKS = 184;
  static constexpr uint32_t SLOTS = FIRST_BLOCK_SLOT + RING_BLOCKS;

 protected:
  ~MinuteStore() = default;
};

}  // namespace esphome::retrostep
