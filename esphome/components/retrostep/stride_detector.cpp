#include "stride_detector.h"

#include "stride_parameters.h"

namespace esphome::retrostep {

namespace p = parameters;

namespace {

constexpr uint32_t FOOT_OFF_HALF_US =
    to_us(p::FOOT_OFF_WINDOW_S / 2) - 500;  // up to half a millisecond early

/// No swing lasts longer; without a rest before there is no swing, only the search for one.
uint32_t longest_us(Zupt start) {
  static_assert(p::GUESS_MAX_S <= p::ZUPT_MAX_S && p::GUESS_MAX_S <= p::SWING_MAX_S);
  switch (start) {
    case Zupt::STANCE:
      return to_us(p::SWING_MAX_S);
    case Zupt::LIVELY:
      return to_us(p::ZUPT_MAX_S);
    case Zupt::GUESS:
      return to_us(p::GUESS_MAX_S);
    default:
      return UINT32_MAX;
  }
}

}  // namespace

void StrideDetector::lose() {
  stance_.end_stance();
  measurement_.end_refining();
  start_.zupt = Zupt::NONE;
  window_.clear();
  begin_swing_(0);
}

bool StrideDetector::finish(uint64_t now_us) {
  return run_(now_us, true) || (zupt_.found() && end_at_zupt_());
}

/// Takes the ticks that have successors enough, at the `end` all; stops at a stride.
bool StrideDetector::run_(uint64_t now_us, bool end) {
  while (window_.advance(end)) {
    if (step_(now_us - window_.lag_us())) return true;
  }
  return false;
}

bool StrideDetector::step_(uint64_t now_us) {
  const Tick tick = window_.centre();
  stance_.pass(tick.dt_us);
  const Whole3 rate_q9dps = tick.gyro_q9dps - bias_.q9dps();
  const TickTurn turned(rate_q9dps, tick.dt_us);
  MotionWindow::Span now{};
  uint32_t now_rate2_q4 = 0;
  if (stance_.standing()) {
    now = window_.close(FOOT_OFF_HALF_US, now_rate2_q4);
    if (stance_.foot_off(window_, now, now_rate2_q4, tick.dt_us)) end_stance_();
  }
  const bool stands = stance_.standing();
  if (tick.bridged) measurement_.end_refining();  // a guess is no improvement
  if (!stands) gather_(rate_q9dps, turned, tick.dt_us);
  if (!stands || measurement_.refining()) {
    Swing &s = stands ? measurement_.swing() : swing_;
    const uint32_t speed2_q24 = s.move(tick.accel_q18g, turned, tick.dt_us);
    if (!stands) {
      update_swing_(tick, speed2_q24);
      return end_swing_if_due_(tick.dt_us, now_us, speed2_q24);
    }
    measurement_.refine(start_, window_, now, now_rate2_q4, bias_.q9dps());
  }
  stand_(rate_q9dps, turned, tick.dt_us, now_us);
  return false;
}

/// Foot-off: a swing begins where the stance was last seen.
void StrideDetector::end_stance_() {
  stance_.end_stance();
  measurement_.end_refining();
  correct_tilt_();
  bias_.learn_from_tilt(swing_.attitude, stance_.stance_us());
  begin_swing_(start_.at_us);
}

/// Takes the stance's turns and gravity into the attitude. Late in a stance that shows rest, not the walk
/// before.
void StrideDetector::correct_tilt_() {
  const uint32_t level_us = to_us(stance_.carried() ? p::CARRIED_TILT_S : p::TILT_S);
  const Whole3 half_q32rad = tilt_.correct(swing_.attitude, stance_.accel_q18g(), level_us);
  if (!stance_.carried() && stance_.stance_us() < to_us(p::DRIFT_STANCE_MAX_S))
    bias_.add_tilt(half_q32rad >> 4);
}

SensorErrors StrideDetector::sensor_errors() const {
  const Whole3 &bias = bias_.q16dps(), &offset = offset_.q18g();
  return {{bias.x, bias.y, bias.z}, {offset.x, offset.y, offset.z}};
}

void StrideDetector::assume(const SensorErrors &errors) {
  bias_.assume({errors.bias_q16dps[0], errors.bias_q16dps[1], errors.bias_q16dps[2]});
  offset_.assume({errors.offset_q18g[0], errors.offset_q18g[1], errors.offset_q18g[2]});
}

/// What the sensors read while nothing moves.
void StrideDetector::learn_at_rest_(uint32_t dt_us) {
  if (const uint32_t rest_us = bias_.learn_at_rest(window_, dt_us))
    shift_(offset_.learn_at_rest(window_.mean_accel_q18g(window_.wide()), rest_us));
}

/// The accelerometer's offset has been found to be more by so much: what is kept goes on as if it had been
/// known.
void StrideDetector::shift_(const Whole3 &by_q18g) {
  if ((by_q18g.x | by_q18g.y | by_q18g.z) == 0) return;
  window_.shift(by_q18g);
  stance_.shift(by_q18g);
}

/// The stance goes on.
void StrideDetector::stand_(const Whole3 &rate_q9dps, const TickTurn &turned, uint32_t dt_us,
                            uint64_t now_us) {
  stance_.go_on(dt_us);
  if (stance_.stance_us() > to_us(p::STANCE_PROOF_S)) start_.zupt = Zupt::STANCE;
  tilt_.add(turned, dt_us);
  if (tilt_.due()) {
    learn_at_rest_(tilt_.waiting_us());
    correct_tilt_();
  }
  rate_q9dps_ = rate_q9dps;
  start_.at_us = now_us;
}

/// A swing may start here.
void StrideDetector::begin_swing_(uint64_t now_us) {
  clear_swing_(now_us);
  start_.attitude = swing_.attitude;
  start_.rate_q9dps = rate_q9dps_;
}

/// No swing is under way.
void StrideDetector::clear_swing_(uint64_t now_us) {
  const Attitude attitude = swing_.attitude;
  swing_ = {};
  swing_.attitude = attitude;
  turn_.clear();
  turn_to_zupt_.clear();
  stance_.begin_swing();
  zupt_.clear();
  start_.at_us = now_us;
}

/// What a tick of the swing adds to its turns.
void StrideDetector::gather_(const Whole3 &rate_q9dps, const TickTurn &turned, uint32_t dt_us) {
  const uint32_t rate2_q4 = squared_rate_q4(rate_q9dps);
  swing_.peak_rate2_q4 = std::max(swing_.peak_rate2_q4, rate2_q4);
  turn_.add(*axes_, rate_q9dps, turned.half_q27rad, dt_us, turned.dt_q32s);
  zupt_.add(rate2_q4, dt_us);
}

/// What the swing having moved on by a tick adds.
void StrideDetector::update_swing_(const Tick &tick, uint32_t speed2_q24) {
  Swing &s = swing_;
  s.peak_speed2_q24 = std::max(s.peak_speed2_q24, speed2_q24);
  zupt_.update(s);
  if (!tick.bridged) return;
  s.gap_us = s.time_us - tick.dt_us / 2;
  gap_ = {s.position_q23gs2, s.velocity_q23gs, s.time_us};
}

bool StrideDetector::end_swing_if_due_(uint32_t dt_us, uint64_t now_us, uint32_t speed2_q24) {
  if (window_.hot()) {
    stance_.interrupt();
    bias_.interrupt();
  } else {
    stance_.look_for_belt(swing_);
    learn_at_rest_(dt_us);
    if (stance_.foot_flat(window_, swing_, start_.attitude, sure(start_.zupt), dt_us))
      return begin_stance_(now_us);
  }
  if (swing_.time_us > to_us(p::GUESS_MAX_S) && swing_.time_us > longest_us(start_.zupt)) {
    start_.zupt = Zupt::NONE;
    begin_swing_(now_us);
  }
  if (zupt_.may_rest(swing_, start_.zupt, speed2_q24)) search_zupt_(now_us);
  return zupt_.confirmed() && end_at_zupt_();
}

/// The foot is flat: a zero-velocity update by a quiet stance.
bool StrideDetector::begin_stance_(uint64_t now_us) {
  const MotionWindow::Span now = window_.wide();
  const Whole3 accel_q18g = window_.mean_accel_q18g(now);
  const bool sure_start = sure(start_.zupt);
  const bool proven = sure_start || (start_.zupt == Zupt::GUESS && gravity_holds(swing_));
  const bool bridged = swing_.bridged();
  Attitude level;
  if (bridged || !proven) level = Attitude::upright(force_g(swing_.attitude, accel_q18g), 1.0f);
  const bool corrected = proven && bridged && correct_gap(swing_, gap_, level);
  rate_q9dps_ = window_.mean_rate_q9dps(now) - bias_.q9dps();
  turn_to_zupt_.append(turn_);
  // A first rest met by chance and a gap: two guesses are no stride.
  const bool stride = proven && !(bridged && start_.zupt == Zupt::GUESS) &&
                      measurement_.close(start_, swing_, rate_q9dps_, now_us, turn_to_zupt_);
  if (stride && !bridged) measurement_.begin_refining(swing_, window_.max_rate2_q4(now));
  const bool turned = start_.zupt == Zupt::STANCE && !bridged && !stance_.carried();
  const Attitude carried = swing_.attitude;
  if (bridged) measurement_.correct_end(accel_q18g.real(ACCEL_UNIT).unit({0, 0, 1}));
  if (stride || !proven) stance_.set_foot_off(swing_, sure_start);
  Attitude &attitude = swing_.attitude;
  attitude.straighten();
  if (proven && !corrected) {
    const Attitude fix = swing_tilt(swing_);
    attitude = fix * attitude;
    bias_.add_tilt({fix.x >> 2, fix.y >> 2, 0});
  } else if (!proven) {
    attitude = level * attitude;
  }
  bias_.judge_tilt(sure_start && !bridged && !stance_.carried());
  const bool moves = bridged && swing_.velocity_ms().norm() > glide_ms(swing_);
  start_.zupt = proven && !moves ? Zupt::STANCE : Zupt::GUESS;
  tilt_.begin();
  stance_.begin_stance(accel_q18g);
  if (turned) shift_(offset_.learn_from_turn(start_.attitude, carried, accel_q18g));
  clear_swing_(now_us);
  return stride;
}

/// Is this the instant closest to rest so far?
void StrideDetector::search_zupt_(uint64_t now_us) {
  if (!zupt_.look(window_, swing_, start_.zupt, bias_.q9dps(), now_us)) return;
  turn_to_zupt_.append(turn_);
  turn_.clear();
}

/// Ends the swing at the instant found, which has passed already, and starts the next one there.
bool StrideDetector::end_at_zupt_() {
  const ZuptSearch::Instant &rest = zupt_.instant();
  const bool known = start_.zupt != Zupt::NONE;
  const bool stride =
      known && measurement_.close(start_, rest.swing, rest.rate_q9dps, rest.at_us, turn_to_zupt_);
  const Attitude fix =
      sure(start_.zupt)
          ? swing_tilt(rest.swing)
          : Attitude::upright(
                known ? rest.swing.force_time_ms() : force_g(rest.swing.attitude, rest.accel_q18g), 1.0f);
  zupt_.restart(swing_, fix);
  bias_.forget_tilt();
  start_ = {rest.at_us, fix * rest.swing.attitude, rest.rate_q9dps, known ? Zupt::LIVELY : Zupt::GUESS};
  zupt_.clear();
  turn_to_zupt_.clear();
  return stride;
}

}  // namespace esphome::retrostep
