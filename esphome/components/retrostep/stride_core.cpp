#include "stride_core.h"

#include <algorithm>
#include <bit>

#include "stride_mounting_parameters.h"
#include "stride_parameters.h"
#include "stride_rules.h"
#include "stride_turns.h"

namespace esphome::retrostep {

namespace p = parameters;

static_assert(sizeof(StrideCore) <= 4096 || sizeof(void *) > 4, "a pod's chip has 4 KiB for this");

namespace {

constexpr uint32_t TICK_US = to_us(p::TICK_S);

/// The bits of a float without its sign: in the order of its size, infinity and then NaN above all numbers.
RETROSTEP_IN_PLACE constexpr uint32_t size_bits(float v) {
  return std::bit_cast<uint32_t>(v) << 1;
}

/// False for what no sensor of this kind can read, NaN and infinity included; what is left fits whole
/// numbers.
RETROSTEP_IN_PLACE bool fits(const float (&v)[3], float most) {
  const uint32_t top = size_bits(most);
  return size_bits(v[0]) <= top && size_bits(v[1]) <= top && size_bits(v[2]) <= top;
}

#if defined(__riscv) && !defined(__riscv_flen)
constexpr bool SOFT_FLOAT = true;
#else
constexpr bool SOFT_FLOAT = false;
#endif

RETROSTEP_IN_PLACE Whole3 whole(const float (&reading)[3], int bits) {
  const auto one = [bits](float v) {
    return SOFT_FLOAT ? whole_of_bits(v, bits) : static_cast<int32_t>(v * static_cast<float>(1 << bits));
  };
  return {one(reading[0]), one(reading[1]), one(reading[2])};
}

/// The same by length, which no mounting changes.
RETROSTEP_IN_PLACE bool plausible(const Whole3 &accel_q18g, const Whole3 &gyro_q9dps) {
  static constexpr auto MOST2_Q16 = static_cast<int32_t>(p::ACCEL_MAX_G * p::ACCEL_MAX_G * (1 << 16));
  const Whole3 accel_q24g = accel_q18g << 6;
  return accel_q24g.dot(accel_q24g) <= MOST2_Q16 &&
         squared_rate_q4(gyro_q9dps) <= squared_rate_q4(p::GYRO_MAX_DPS);
}

}  // namespace

void StrideCore::add(const Sample &sample) {
  if (!fits(sample.accel_g, p::ACCEL_MAX_G) || !fits(sample.gyro_dps, p::GYRO_MAX_DPS)) return;
  const Whole3 accel_q18g = whole(sample.accel_g, ACCEL_BITS);
  const Whole3 gyro_q9dps = whole(sample.gyro_dps, RATE_BITS);
  if (!plausible(accel_q18g, gyro_q9dps)) return;
  const Arrival arrival = clock_.arrive(sample.time_us);
  if (arrival == Arrival::REFUSED) return;
  const bool first = arrival == Arrival::FIRST;
  if (first) {
    tick_.dt_us = 0;
    detector_.lose();
  }
  Tick tick{(accel_q18g + last_accel_q18g_) >> 1, (gyro_q9dps + last_gyro_q9dps_) >> 1, clock_.dt_us(),
            arrival == Arrival::BRIDGED};
  last_accel_q18g_ = accel_q18g;
  last_gyro_q9dps_ = gyro_q9dps;
  if (first) return;
  if (tick_.dt_us != 0 || tick.dt_us <= TICK_US) {  // faster than the usual rate
    if (!gather_(Tick(tick))) return;
    tick = tick_;
    tick_.dt_us = 0;
  }
  end_tick_(tick);
}

/// Takes a reading and the time it stands for into the tick's means; true once the tick is long enough.
bool StrideCore::gather_(const Tick &part) {
  if (tick_.dt_us == 0) {
    tick_ = part;
  } else {
    tick_.dt_us += part.dt_us;
    tick_.bridged = tick_.bridged || part.bridged;
    const auto share_q31 = static_cast<int32_t>(((part.dt_us << 14) / tick_.dt_us) << 17);
    tick_.accel_q18g += (part.accel_q18g - tick_.accel_q18g).part(share_q31) << 1;
    tick_.gyro_q9dps += (part.gyro_q9dps - tick_.gyro_q9dps).part(share_q31) << 1;
  }
  return tick_.dt_us > TICK_US;
}

void StrideCore::end_tick_(const Tick &tick) {
  if (ended_ && !detector_.measuring()) judge_ended_();
  if (!held_.empty()) settle_(false);
  wear_.pass(tick.dt_us);
  if (detector_.add(tick, now_us())) ended_ = true;
  if (wear_.due() && !ended_) pass_time_();
}

/// Judges the stride that ended with a tick before: no tick bears all the work at a stride's end.
void StrideCore::judge_ended_() {
  if (!ended_) return;
  ended_ = false;
  judge_(detector_.stride());
}

/// What time alone decides; five times a second will do.
void StrideCore::pass_time_() {
  wear_.add(detector_.newest_accel_q18g(), walking());
  mounting_.pass(now_us());
  if (held_.empty()) streak_.pass(detector_.swinging_since_us(now_us()));
}

void StrideCore::finish() {
  judge_ended_();
  ended_ = detector_.finish(now_us());
  judge_ended_();
  while (!held_.empty()) settle_(true);
  streak_.finish();
}

/// Heading and length of a raw stride; what can't be a step is dropped here.
void StrideCore::judge_(const RawStride &raw) {
  const Evidence evidence = evidence_of(raw);
  if (evidence == Evidence::NO_STRIDE || !mounting_.upright(raw)) return;
  OpenStride open{};
  open.turn = evidence != Evidence::STRIDE;
  open.unsure = evidence == Evidence::UNSURE;
  open.stride.start_us = raw.start_us;
  open.stride.end_us = raw.end_us;
  open.stride.length_m = raw.measured_m;
  open.stride.yaw_deg = static_cast<float>(raw.yaw) * DEG_PER_TURN;
  open.stride.dz_m = raw.climb_m;
  open.stride.peak_dps = raw.peak_dps;
  open.stride.length_valid = !raw.bridged;
  if (mounting_.moved(raw)) keep_moved_();
  open.heading = mounting_.heading(raw);
  if (!open.turn) mounting_.learn(raw, open.heading);
  open.forwardness_q14 = open.turn ? 0 : mounting_.forwardness_q14(raw, open.heading);
  if (held_.empty() && mounting_.sure()) return classify_(open, true);
  if (held_.full()) settle_(true);
  held_.push(open);
}

/// The pod was mounted anew before the last strides: they wait for that mounting, those before it are lost.
void StrideCore::keep_moved_() {
  const int kept = std::min(held_.size(), StrideMounting::MOVED_BEFORE);
  stale_ = held_.size() - kept;
  for (int newer = 0; newer < kept; ++newer)
    held_.correct(newer, mounting_.heading_before(StrideMounting::MOVED_BEFORE - 1 - newer));
}

/// The direction by the mounting as it is known now; undecided unless that is `sure`.
void StrideCore::classify_(const OpenStride &open, bool sure) {
  const Angle angle = mounting_.toe_angle(open.heading);
  const uint32_t off = turn_size(angle);
  Candidate c{open.stride, open.stride.length_m, angle, open.forwardness_q14, open.turn, open.unsure};
  c.stride.undecided = !sure;
  c.stride.direction = off < turns(p::FORWARD_DEG)    ? Direction::FORWARD
                       : off > turns(p::BACKWARD_DEG) ? Direction::BACKWARD
                       : angle > 0                    ? Direction::LEFT
                                                      : Direction::RIGHT;
  const float climb_m = std::fabs(c.stride.dz_m);
  const bool stair = climb_m > p::STAIR_M && climb_m > p::STAIR_SLOPE * c.stride.length_m;
  if (stair && c.stride.direction == Direction::BACKWARD) {  // steps, but no distance
    c.stride.length_m = 0;
    c.stride.length_valid = false;
  }
  streak_.add(c);
}

/// Lets go of the oldest stride held back, if there must be room or it need not wait any longer: one with a
/// tick, so that no tick bears the work of all.
void StrideCore::settle_(bool must) {
  static constexpr auto MAX_US = static_cast<uint64_t>(p::HELD_MAX_S * 1e6f);
  const bool stale = stale_ > 0, sure = !stale && mounting_.sure();
  if (!must && !stale && !sure && now_us() - held_.oldest_us(now_us()) < MAX_US) return;
  stale_ -= stale;
  classify_(held_.pop(now_us()), sure);
}

void StrideCore::use_known_mounting() {
  mounting_.use_known();
}
void StrideCore::use_mounting(const Mounting &mounting) {
  mounting_.use(mounting);
}
void StrideCore::find_mounting() {
  mounting_.find();
}
void StrideCore::calibrate_forward() {
  mounting_.calibrate(now_us());
}
bool StrideCore::mounting(Mounting &out) const {
  return mounting_.mounting(out);
}
float StrideCore::direction_confidence() const {
  return mounting_.confidence();
}

}  // namespace esphome::retrostep
