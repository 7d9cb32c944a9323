#pragma once
/// When the pod's radio is on and when the pod sleeps. Pure: from the facts, once a second, it says what
/// to do.

#include <cstdint>

namespace esphome::pod_power {

enum class PowerProfile : uint8_t {
  BALANCED,   ///< awake, the radio on only to hand over minutes
  ENDURANCE,  ///< as balanced, and asleep while the foot is still
};

/// Why the pod runs.
enum class Wake : uint8_t { START, MOTION, TIMER };

/// What outlives sleep, in memory that keeps its content meanwhile. Times are s since 1970.
struct PowerMemory {
  uint32_t synced_s{0};    ///< when minutes were last handed over, or tried in vain
  uint32_t moved_s{0};     ///< when the foot last moved
  uint8_t failed{0};       ///< tries in vain since
  bool worn{false};        ///< as it was last published
  bool fault{false};       ///< of the sensor, as it was last handed over
  uint8_t reserved[1]{0};  // no byte of a saved struct may be undefined
};

struct PowerFacts {
  uint32_t up_s;      ///< since the pod started or woke
  uint32_t epoch_s;   ///< wall time; 0: not known
  uint32_t still_s;   ///< the foot has not moved for so long
  bool walking;       ///< a bout goes on
  uint32_t steps;     ///< counted so far, in any direction
  uint32_t waiting;   ///< minutes not handed over
  bool connected;     ///< Home Assistant listens
  bool stay_awake;    ///< the switch *Prevent sleep*
  bool fault{false};  ///< nothing the sensor says is to be believed
};

struct PowerOrder {
  bool radio;      ///< on from now on, or off
  bool sleep;      ///< now
  uint32_t for_s;  ///< at most so long; 0: until the foot moves
};

class PowerPlan {
 public:
  /// After the pod was switched on or restarted it stays in reach: to be set up, or for new firmware.
  static constexpr uint32_t GRACE_S = 300;
  /// Minutes that pile up while walking on.
  static constexpr uint32_t PILE_MIN = 10;
  /// A bout is over for good when nobody has walked for so long.
  static constexpr uint32_t AFTER_BOUT_S = 20;
  /// Joining a network costs as much as half a minute of walking.
  static constexpr uint32_t MIN_GAP_S = 120;
  /// Home Assistant fetches as soon as it hears of minutes; then states settle.
  static constexpr uint32_t SETTLE_S = 8;
  /// Out of reach of the network.
  static constexpr uint32_t GIVE_UP_S = 30;
  static constexpr uint8_t MAX_DOUBLINGS = 4;
  /// Still for so long the foot rests; waking costs as much as some seconds awake.
  static constexpr uint32_t STILL_S = 10;
  /// Who has just walked often walks on, and what is first walked after a sleep may be lost.
  static constexpr uint32_t WALK_ON_S = 30;
  /// Until then nothing is known of a foot whose pod just started.
  static constexpr uint32_t LOOK_S = 5;
  /// A fault that lasts would have been seen by then.
  static constexpr uint32_t FAULT_SEEN_S = 10;
  /// As in stride_wear.h: nobody keeps a foot still for an hour.
  static constexpr uint32_t NOT_WORN_S = 3600;

  /// \param interval_s Home Assistant hears of the pod at least so often; it relies on what a silent pod told
  ///   last for 30 min
  PowerPlan(PowerProfile profile, uint32_t interval_s, const PowerMemory &memory, Wake wake)
      : profile_(profile),
        interval_s_(interval_s),
        memory_(memory),
        wake_(wake),
        radio_(wake == Wake::START) {}

  PowerOrder step(const PowerFacts &facts);
  const PowerMemory &memory() const { return this->memory_; }
  /// How long to sleep at most, 0: until the foot moves, when that was the order. `armed`: motion will wake
  /// the pod for certain.
  uint32_t sleep_for_s(uint32_t ordered_s, bool armed) const {
    return ordered_s == 0 && !armed ? this->interval_s_ : ordered_s;
  }

 private:
  /// The foot moves, or has not rested long enough since.
  bool moves_(const PowerFacts &facts) const;
  /// Keeps when it did, also when the clock comes late.
  void note_motion_(const PowerFacts &facts, bool moves);
  /// There is something to hand over.
  bool due_(const PowerFacts &facts) const;
  void end_round_(const PowerFacts &facts, bool done);
  /// What was remembered was read off a clock that has been set since: moves it along.
  void update_clock_(const PowerFacts &facts);

  PowerProfile profile_;
  uint32_t interval_s_;
  PowerMemory memory_;
  Wake wake_;
  bool radio_;
  uint32_t radio_since_s_{0};  ///< times since the start, as up_s
  uint32_t connected_since_s_{0};
  uint32_t walked_s_{0};
  uint32_t moved_s_{0};       ///< when the foot last moved
  uint32_t round_s_{0};       ///< end of the last round
  uint32_t synced_steps_{0};  ///< at the end of the last round that handed over
  uint32_t clock_s_{0};       ///< what the clock was ahead of up_s; 0: it was never set
  bool started_{false}, connected_{false}, round_done_{false}, moved_{false};
};

}  // namespace esphome::pod_power
