#pragma once
/// The walk as it happens: what to show of it and when. Pure; publishing itself is the pod's.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "stride_types.h"

namespace esphome::retrostep {

/// Groups of entities that are published together.
struct Due {
  bool steps{false};   ///< Backward steps, Walking backward
  bool totals{false};  ///< the other cumulative sensors
  bool gait{false};    ///< cadence, stride length, speed
  bool device{false};  ///< sample rate, gaps, confidence, worn, unsynced minutes
};

/// Keeps to the publishing rules: backward steps when a stride is counted, at least 250 ms apart; everything
/// else at most every 10 s while walking and once when a bout ends. What changes with every stride would fill
/// a recorder's database: sums come 10 s after the last ones once in a bout, then every 20 s, gait figures
/// every 30 s.
class Live {
 public:
  /// A counted stride has its verdict.
  void add(const Stride &stride);
  /// What to publish now. `now_us`: the core's clock, `now_ms`: real time since boot, `ended`: no
  /// samples come.
  Due due(uint64_t now_us, uint32_t now_ms, bool ended);

  bool walking() const { return bout_size_ != 0; }
  bool walking_backward() const { return walking() && direction_ == Direction::BACKWARD; }
  /// Of the last strides of the bout; 0 when nobody walks.
  float cadence_spm() const;
  float speed_m_s() const;
  /// Mean of the last strides, also those of a bout that is over; NAN before the first.
  float stride_length_m() const { return stride_length_m_; }

 private:
  static constexpr size_t WINDOW = 8;
  static constexpr uint32_t FIRST_TOTALS_MS = 10000;
  struct Step {
    uint64_t start_us, end_us;
    float length_m;
    bool length_valid;
  };

  /// A time that must pass between two publications.
  struct Gate {
    uint32_t interval_ms;
    uint32_t last_ms{0};
    bool opened{false};  ///< something was published once
    bool pending{false};
    bool pass(uint32_t now_ms, bool at_once);
  };

  float window_s_() const;

  std::array<Step, WINDOW> window_{};
  size_t bout_size_{0};  ///< strides of the bout so far
  Direction direction_{Direction::NONE};
  float stride_length_m_{NAN};
  bool bout_over_{false};
  bool bout_published_{false};  ///< sums were published while this bout went on
  Gate steps_{250}, totals_{20000}, gait_{30000}, device_{10000};
};

}  // namespace esphome::retrostep
