#pragma once
/// What the pod sounds at a moment: the metronome's ticks, or a tune.

#include <cstddef>
#include <cstdint>

namespace esphome::pod_feedback {

/// A note of a tune; 0 Hz is a rest.
struct Note {
  uint16_t frequency_hz;
  uint16_t duration_ms;
};

/// Sound as a function of time alone: beat n of the metronome is due n periods after the first one, however
/// late it is looked at. So nothing drifts; a beat that is missed altogether is left out, never made up.
class SoundPlan {
 public:
  static constexpr uint64_t NEVER = UINT64_MAX;
  static constexpr uint64_t TICK_US = 30000;
  /// Where small passive buzzers are loud enough for a shoe and not yet shrill.
  static constexpr uint16_t TICK_HZ = 2000;

  /// Ticks from now on.
  void start_metronome(uint64_t now_us) {
    this->first_us_ = now_us;
    this->ticking_ = true;
  }
  void stop_metronome() { this->ticking_ = false; }
  bool ticking() const { return this->ticking_; }

  /// Beats a minute, from 1; the next beat comes one new period after the last one.
  void set_rate(uint64_t now_us, uint32_t rate_per_min) {
    if (this->ticking_) this->first_us_ = this->beat_us_(this->beat_(now_us));
    this->rate_per_min_ = rate_per_min;
  }

  /// Plays a tune, which must stay where it is, instead of ticks and of a tune before it.
  template <size_t N>
  void play(uint64_t now_us, const Note (&tune)[N]) {
    this->tune_ = tune;
    this->tune_end_ = tune + N;
    this->tune_us_ = now_us;
  }

  /// Sounds nothing; ticks and tunes go on unheard.
  void set_muted(bool muted) { this->muted_ = muted; }

  /// What is to be heard from `now_us` until `until_us`.
  struct Sound {
    uint16_t frequency_hz;  ///< 0: nothing
    uint64_t until_us;
  };

  Sound at(uint64_t now_us) {
    Sound sound = this->unmuted_(now_us);
    if (this->muted_) sound.frequency_hz = 0;
    return sound;
  }

 private:
  static constexpr uint64_t MINUTE_US = 60000000;

  Sound unmuted_(uint64_t now_us) {
    uint64_t end_us = this->tune_us_;
    for (const Note *note = this->tune_; note != this->tune_end_; note++) {
      end_us += note->duration_ms * 1000ULL;
      if (now_us < end_us) return {note->frequency_hz, end_us};
    }
    this->tune_ = this->tune_end_ = nullptr;
    if (!this->ticking_) return {0, NEVER};
    const uint64_t beat = this->beat_(now_us);
    const uint64_t silent_us = this->beat_us_(beat) + TICK_US;
    if (now_us < silent_us) return {TICK_HZ, silent_us};
    return {0, this->beat_us_(beat + 1)};
  }

  /// The last beat that was due.
  uint64_t beat_(uint64_t now_us) const {
    const uint64_t beat = (now_us - this->first_us_) * this->rate_per_min_ / MINUTE_US;
    // Beats are at whole microseconds, rounded up: the quotient may be one too low, never too high.
    return this->beat_us_(beat + 1) <= now_us ? beat + 1 : beat;
  }
  uint64_t beat_us_(uint64_t beat) const {
    return this->first_us_ + (beat * MINUTE_US + this->rate_per_min_ - 1) / this->rate_per_min_;
  }

  uint64_t first_us_{0};
  uint32_t rate_per_min_{90};
  bool ticking_{false};
  bool muted_{false};
  const Note *tune_{nullptr}, *tune_end_{nullptr};
  uint64_t tune_us_{0};
};

}  // namespace esphome::pod_feedback
