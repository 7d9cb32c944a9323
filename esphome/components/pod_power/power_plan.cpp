#include "power_plan.h"

#include <algorithm>

namespace esphome::pod_power {

namespace {

/// More than a synchronisation's nudges.
constexpr uint32_t JUMP_S = 30;

/// Since then, s; a clock nudged back gives no time before.
uint32_t elapsed_s(uint32_t now_s, uint32_t then_s) {
  return now_s > then_s ? now_s - then_s : 0;
}

}  // namespace

PowerOrder PowerPlan::step(const PowerFacts &facts) {
  if (!this->started_) {
    this->started_ = true;
    this->synced_steps_ = facts.steps;
  }
  this->update_clock_(facts);
  if (facts.walking) this->walked_s_ = facts.up_s;
  const bool moves = this->moves_(facts);
  this->note_motion_(facts, moves);
  // What a sleeping pod knows of its foot is how long ago it woke of it.
  const bool still_long = facts.epoch_s != 0 && this->memory_.moved_s != 0 &&
                          elapsed_s(facts.epoch_s, this->memory_.moved_s) >= NOT_WORN_S;
  const bool put_off = still_long && this->memory_.worn;
  if (moves) this->memory_.worn = true;
  if (still_long) this->memory_.worn = false;

  const bool grace = this->wake_ == Wake::START && facts.up_s < GRACE_S;
  if (facts.connected && !this->connected_) this->connected_since_s_ = facts.up_s;
  this->connected_ = facts.connected;
  if (!this->radio_ && (facts.stay_awake || put_off || this->due_(facts))) {
    this->radio_ = true;
    this->radio_since_s_ = facts.up_s;
  } else if (this->radio_ && !facts.stay_awake && !grace) {
    const bool done =
        facts.connected && facts.waiting == 0 && facts.up_s - this->connected_since_s_ >= SETTLE_S;
    const bool in_vain = !facts.connected && facts.up_s - this->radio_since_s_ >= GIVE_UP_S;
    // A client that never fetches (a viewer of logs) must not hold the radio for ever.
    const bool too_long = facts.connected && facts.up_s - this->connected_since_s_ >= 2 * GIVE_UP_S;
    if (done || in_vain || too_long) this->end_round_(facts, !in_vain);
  }

  PowerOrder order{.radio = this->radio_, .sleep = false, .for_s = 0};
  const bool rests = !moves && (this->walked_s_ == 0 || facts.up_s - this->walked_s_ >= WALK_ON_S);
  if (this->profile_ == PowerProfile::ENDURANCE && !this->radio_ && rests && !grace && facts.up_s >= LOOK_S &&
      !facts.stay_awake) {
    order.sleep = true;
    const uint32_t since_s = facts.epoch_s == 0 ? 0 : elapsed_s(facts.epoch_s, this->memory_.synced_s);
    if (this->memory_.worn || facts.fault)
      order.for_s = std::max<uint32_t>(this->interval_s_ - std::min(since_s, this->interval_s_), 1);
  }
  return order;
}

void PowerPlan::note_motion_(const PowerFacts &facts, bool moves) {
  if (moves) {
    this->moved_ = true;
    this->moved_s_ = facts.up_s;
  }
  if (facts.epoch_s == 0) {
    // Not known when; and a time remembered from before says nothing any more.
    if (moves) this->memory_.moved_s = 0;
  } else if (this->moved_) {
    this->memory_.moved_s = facts.epoch_s - (facts.up_s - this->moved_s_);
  } else if (this->memory_.moved_s == 0 && this->memory_.worn) {
    // It moved before a sleep in which the clock was not known: no later than now.
    this->memory_.moved_s = facts.epoch_s - facts.up_s;
  }
}

void PowerPlan::update_clock_(const PowerFacts &facts) {
  if (facts.epoch_s == 0) return;
  const uint32_t clock_s = facts.epoch_s - facts.up_s;
  const uint32_t by_s = clock_s - this->clock_s_;
  const bool jumped = this->clock_s_ != 0 && by_s + JUMP_S > 2 * JUMP_S;
  if (jumped && this->memory_.synced_s != 0) this->memory_.synced_s += by_s;
  if (jumped && this->memory_.moved_s != 0) this->memory_.moved_s += by_s;
  this->clock_s_ = clock_s;
}

bool PowerPlan::moves_(const PowerFacts &facts) const {
  if (facts.walking) return true;
  // What woke it was motion, if it was not the timer; nothing else has moved since.
  if (facts.still_s + LOOK_S >= facts.up_s) return this->wake_ != Wake::TIMER && facts.up_s < STILL_S;
  return facts.still_s < STILL_S;
}

bool PowerPlan::due_(const PowerFacts &facts) const {
  // Farther and farther apart while nobody answers.
  const uint32_t patience = 1U << std::min(this->memory_.failed, MAX_DOUBLINGS);
  const uint32_t since_s = facts.epoch_s != 0 && this->memory_.synced_s != 0
                               ? elapsed_s(facts.epoch_s, this->memory_.synced_s)
                           : this->round_done_ ? facts.up_s - this->round_s_
                                               : this->interval_s_ * patience;
  if (this->memory_.worn && since_s >= this->interval_s_ * patience) return true;
  if (since_s < MIN_GAP_S * patience) return false;
  // A sensor that failed is known to have; that it works shows after a while.
  if (facts.fault ? !this->memory_.fault : this->memory_.fault && facts.up_s >= FAULT_SEEN_S) return true;
  if (facts.waiting >= PILE_MIN) return true;
  return facts.steps != this->synced_steps_ && !facts.walking && facts.up_s - this->walked_s_ >= AFTER_BOUT_S;
}

void PowerPlan::end_round_(const PowerFacts &facts, bool done) {
  this->radio_ = false;
  this->round_done_ = true;
  this->round_s_ = facts.up_s;
  this->memory_.synced_s = facts.epoch_s;
  this->memory_.failed =
      done ? 0 : static_cast<uint8_t>(std::min<int>(this->memory_.failed + 1, MAX_DOUBLINGS));
  if (done) this->synced_steps_ = facts.steps;
  if (done) this->memory_.fault = facts.fault;
}

}  // namespace esphome::pod_power
