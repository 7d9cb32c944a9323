#include "stride_mounting.h"

#include <cmath>
#include <new>
#include <utility>

#include "stride_mounting_parameters.h"
#include "stride_parameters.h"

namespace esphome::retrostep {

namespace p = parameters;

namespace {

constexpr int32_t ONE = 1 << TURN_BITS;
constexpr int32_t Q12 = 1 << 12, Q14 = 1 << 14, Q16 = 1 << 16;
constexpr int32_t HALF_TURN = INT32_MIN;
constexpr int NEWTON_STEPS = 5;  // from a third of a length they come to one

constexpr float square(float v) {
  return v * v;
}
constexpr int32_t q(float v, int32_t one) {
  return static_cast<int32_t>(v * static_cast<float>(one));
}

/// Enough rotation to have a shape, and no more than a foot can do.
bool shows_ends(const LeadingPitch &pitch) {
  return pitch.both_half_q21() > half_q21_of(p::MOUNT_ROTATION_MIN_DEG) &&
         pitch.both_half_q21() < half_q21_of(p::MOUNT_ROTATION_MAX_DEG);
}

bool longer(const RawStride &raw, float least_m) {
  return square(raw.length_m) + square(raw.climb_m) > square(least_m);
}

/// Part of a vector across a direction.
Whole3 across_q30(const Whole3 &v_q30, const Whole3 &direction_q30) {
  return v_q30 - (direction_q30.part(v_q30.dot(direction_q30) * 4) << 2);
}

/// The direction of a vector of between a third and 1.1 in length.
Whole3 direction_of(Whole3 v_q30) {
  for (int i = 0; i < NEWTON_STEPS; ++i) {
    // Newton's steps towards length one: less half the excess of its square, of which more than 1/4 would
    // overshoot.
    const int32_t excess_q28 = std::min(v_q30.dot(v_q30) - (1 << 28), int32_t{1} << 26);
    v_q30 -= v_q30.part(excess_q28 * 8);
  }
  return v_q30;
}

Whole3 whole_q30(const float (&v)[3]) {
  return Whole3::of(Vec3{v[0], v[1], v[2]}.unit({0, 0, 1}), 1 << (TURN_BITS - 4)) << 4;
}

/// How much of `whole` the sum of its parts kept, squared; any scale of both.
int32_t kept_q12(Level sum, int32_t whole) {
  if (whole <= 0) return 0;
  while (whole < (1 << 24)) sum = {sum.x * 2, sum.y * 2}, whole *= 2;
  sum = {sum.x >> 10, sum.y >> 10}, whole >>= 10;
  return (sum.x * sum.x + sum.y * sum.y) / (whole * whole >> 12);
}

/// Logarithm to base 2 of a whole number above 0; to 0.01.
int32_t log2_q16(int32_t v) {
  int bits = 30;
  while (v < ONE) v *= 2, --bits;
  const int32_t part_q16 = (v - ONE) >> 14;
  // log2(1 + x) = x + 22/64 x (1 - x), nearly
  return (bits << 16) + part_q16 + (((part_q16 * 22) >> 6) * ((Q16 - part_q16) >> 4) >> 12);
}

}  // namespace

void StrideMounting::use_known() {
  new (this) StrideMounting();  // less code than to assign a new one
}

void StrideMounting::find() {
  use_known();
  known_ = false;
}

void StrideMounting::use(const Mounting &mounting) {
  find();
  adopt_(whole_q30(mounting.up), whole_q30(mounting.toe));
  trust_axis_(p::MOUNT_AXIS_LEARNED);
  const float chance = std::clamp(mounting.confidence, 0.5f, 0.9999f);
  calibrated_ = mounting.calibrated;
  const float odds = calibrated_ ? p::MOUNT_CALIBRATED_ODDS
                                 : std::min(std::log(chance / (1.0f - chance)), p::MOUNT_ODDS_MAX);
  prior_q16_ = q(odds, Q16);
  decide_();
}

void StrideMounting::calibrate(uint64_t now_us) {
  known_ = false;
  calibrate_left_ = p::CALIBRATE_STRIDES;
  calibrate_seen_ = 0;
  calibrate_q23_ = {};
  calibrate_us_ = now_us;
}

void StrideMounting::pass(uint64_t now_us) {
  if (calibrate_left_ == 0) return;
  const uint32_t patience_us = calibrate_seen_ > 0 ? to_us(p::BOUT_GAP_S) : to_us(p::CALIBRATE_WAIT_S);
  if (now_us - calibrate_us_ > patience_us) end_calibration_();
}

/// Takes a level plane; `toe` need not be level, but within 60° of it.
void StrideMounting::adopt_(const Whole3 &up_q30, const Whole3 &toe_q30) {
  level_up_q30_ = up_q30_ = up_q30;
  static constexpr int32_t TOO_STEEP_Q28 = (1 << 28) / 4;  // the square of cos 60°
  Whole3 level_q30 = across_q30(toe_q30, up_q30);
  if (level_q30.dot(level_q30) < TOO_STEEP_Q28) level_q30 = across_q30({0, ONE, 0}, up_q30);
  watched_.across_q30 = direction_of(level_q30);
  watched_.aside_q30 = up_q30.cross(watched_.across_q30) << 2;
  watched_.plain = false;
  up_known_ = true;
  other_strides_ = 0;
  turn_axis_(0);
  forget_axis_();
}

bool StrideMounting::upright(const RawStride &raw) const {
  return !known_ || raw.start.up_q30().z > q(p::MOUNT_UPRIGHT_COS, ONE);
}

bool StrideMounting::moved(const RawStride &raw) {
  if (known_) return false;
  const Whole3 up_q30 = raw.start.up_q30();
  const auto fits = [&up_q30](const Whole3 &other_q30) {
    return up_q30.dot(other_q30) > q(p::MOUNT_MOVED_COS, 1 << 28);
  };
  if (up_known_ && fits(up_q30_)) {
    up_q30_ = direction_of(up_q30_ + (up_q30 - up_q30_).part(q(p::MOUNT_UP_GAIN, ONE) * 4));
    other_strides_ = 0;
    return false;
  }
  const bool again =
      other_strides_ > 0 && fits(other_up_q30_) && raw.start_us - last_us_ < to_us(p::BOUT_GAP_S);
  other_strides_ = again ? other_strides_ + 1 : 1;
  other_up_q30_ = up_q30;
  last_us_ = raw.end_us;
  if (up_known_ && other_strides_ < p::MOUNT_MOVED_STRIDES) {
    before_[static_cast<size_t>(other_strides_ - 1)] = {raw.start, raw.way_q23gs2, raw.yaw};
    return false;
  }
  const bool first = !up_known_;
  adopt_(up_q30, {ONE, 0, 0});
  fresh_ = true;
  return !first;
}

Angle StrideMounting::heading_(const Went &went) const {
  Angle zero = 0;
  if (known_) {  // a pod out of level is thought level again by the shortest turn
    const Angle half = angle_of(went.start.w, went.start.z);
    zero = turned(half, half);
  } else {
    const Whole3 seen_q26 = went.start.rotate_half(watched_.across_q30 >> 3);
    zero = angle_of(seen_q26.x, seen_q26.y);
  }
  const Angle angle = turns_between(zero, angle_of(went.way_q23gs2.x, went.way_q23gs2.y));
  return turns_between(went.yaw / 2, angle);
}

Angle StrideMounting::toe_angle(Angle heading) const {
  return turned(turns_between(axis_, heading), flipped_() ? HALF_TURN : 0);
}

int32_t StrideMounting::forwardness_q14(const RawStride &raw, Angle heading) const {
  if (!known_ || !longer(raw, p::MOUNT_CLEAR_STRIDE_M)) return 0;
  const LeadingPitch pitch = raw.turn.leading(turn_size(heading) < turns(90));
  if (!shows_ends(pitch) || pitch.both_half_q21() < half_q21_of(p::MOUNT_PITCH_DEG)) return 0;
  Walk walk;
  walk.add(pitch);
  return walk.forwardness_q14();
}

void StrideMounting::learn(const RawStride &raw, Angle heading) {
  const bool watched = !std::exchange(fresh_, false);
  if (known_ || !longer(raw, p::MOUNT_STRIDE_MIN_M)) return;
  if (calibrate_left_ > 0) return learn_calibration_(raw, heading);
  if (!watched) return;
  const uint32_t off = turn_size(turns_between(axis_, heading));
  const bool ahead = off < turns(90);
  const bool off_axis = (ahead ? off : (1u << 31) - off) > turns(p::MOUNT_OFF_AXIS_DEG);
  if (sure_ != 0 && off_axis) return doubt_axis_(raw.turn, heading);
  off_axis_strides_ = 0;
  const bool had_axis = axis_weight_q5_ > 0;
  learn_axis_(raw, heading);
  const int lead = off_axis ? 0 : ahead ? 1 : -1;
  const bool in_step = lead != 0 && lead == last_lead_ && raw.start_us - last_us_ < to_us(p::BOUT_GAP_S);
  last_lead_ = lead;
  last_us_ = raw.end_us;
  if (had_axis && in_step) weigh_(raw.turn, ahead);
}

/// How much the swings turned about one level axis alone, in 2^-12; those of side steps turn about two.
int32_t StrideMounting::planar_q12_() const {
  static constexpr int32_t LOW_Q12 = q(square(2 * p::MOUNT_PLANE_LOW - 1), Q12);
  static constexpr int32_t HIGH_Q12 = q(square(2 * p::MOUNT_PLANE_HIGH - 1), Q12);
  return std::clamp((kept_q12(turned_q5_, axis_weight_q5_) - LOW_Q12) * Q12 / (HIGH_Q12 - LOW_Q12),
                    int32_t{0}, Q12);
}

/// Strides that go straight and turn about a level axis far show the axis best.
void StrideMounting::learn_axis_(const RawStride &raw, Angle heading) {
  static constexpr int32_t YAW2_Q32 =
      (turns(p::MOUNT_AXIS_YAW_DEG) >> 16) * (turns(p::MOUNT_AXIS_YAW_DEG) >> 16);
  const TurnedAbout about = raw.turn.about();
  const int32_t yaw_q16 = raw.yaw >> 16;  // turns
  const int32_t straight_q22 = (YAW2_Q32 / ((YAW2_Q32 + yaw_q16 * yaw_q16) >> 12)) << 10;
  const auto mean = [straight_q22](int32_t &sum, int32_t now) {
    sum += high(now << 10, straight_q22) - high(sum << 4, q(1 - p::MOUNT_AXIS_KEEP, 1 << 28));
  };
  const Level course_q30 = direction_q30(turned(heading, heading));
  mean(turned_q5_.x, about.twice_q5.x);
  mean(turned_q5_.y, about.twice_q5.y);
  mean(courses_q5_.x, high(course_q30.x, about.whole_q5) * 4);
  mean(courses_q5_.y, high(course_q30.y, about.whole_q5) * 4);
  mean(axis_weight_q5_, about.whole_q5);
  static constexpr int32_t DOUBT_Q5 = q(p::MOUNT_AXIS_DOUBT, TurnedAbout::MOST_Q5);
  const int32_t bent_q12 =
      q(1 + p::MOUNT_AXIS_FLOOR, Q12) - kept_q12(courses_q5_, axis_weight_q5_ + DOUBT_Q5);
  const int32_t share_q26 = (bent_q12 << 14) * p::MOUNT_AXIS_ROTATION;
  // The foot turns about its left: the axis is a quarter turn away, so the doubled angle points opposite.
  const Angle twice = angle_of(courses_q5_.x - high(turned_q5_.x << 6, share_q26),
                               courses_q5_.y - high(turned_q5_.y << 6, share_q26));
  // To the end nearer to the supposed toe.
  turn_axis_(turned(axis_, turns_between(turned(axis_, axis_), twice) / 2));
}

/// Side steps leave a decided axis alone; but strides that go across it as only walking goes along one do
/// not.
void StrideMounting::doubt_axis_(const MountingSwing &swing, Angle heading) {
  const TurnedAbout about = swing.about();
  const Level course_q30 = direction_q30(turned(heading, heading));
  const int32_t along_q5 = -(high(about.twice_q5.x, course_q30.x) + high(about.twice_q5.y, course_q30.y)) * 4;
  last_lead_ = 0;
  if (along_q5 <= high(about.whole_q5, q(2 * p::MOUNT_PLANE_HIGH - 1, ONE)) * 4) return;
  if (++off_axis_strides_ >= p::MOUNT_OFF_AXIS_STRIDES) forget_axis_();
}

/// The axis as it is now is worth so many strides.
void StrideMounting::trust_axis_(int32_t strides) {
  const Level course_q30 = direction_q30(turned(axis_, axis_));
  axis_weight_q5_ = strides * TurnedAbout::MOST_Q5;
  courses_q5_ = {high(course_q30.x, axis_weight_q5_) * 4, high(course_q30.y, axis_weight_q5_) * 4};
  turned_q5_ = {-courses_q5_.x, -courses_q5_.y};
}

void StrideMounting::forget_axis_() {
  turned_q5_ = courses_q5_ = {};
  axis_weight_q5_ = 0;
  off_axis_strides_ = 0;
  toe_leads_ = heel_leads_ = {};
  prior_q16_ = odds_q16_ = 0;
  calibrated_ = false;
  sure_ = last_lead_ = 0;
}

void StrideMounting::turn_axis_(Angle axis) {
  axis_ = axis;
  const Level toe_q30 = direction_q30(axis);
  watched_.left_q30 = (watched_.aside_q30.part(toe_q30.x) - watched_.across_q30.part(toe_q30.y)) << 2;
}

/// Lets the swing that just ended speak about the ends.
void StrideMounting::weigh_(const MountingSwing &swing, bool toe_leads) {
  const LeadingPitch pitch = swing.leading(toe_leads);
  if (!shows_ends(pitch)) return;
  const bool first = toe_leads_.strides_q16 + heel_leads_.strides_q16 <= 0;
  const bool drifted = turn_size(turns_between(heard_axis_, axis_)) > turns(p::MOUNT_AXIS_DRIFT_DEG);
  if (!first && drifted) {
    toe_leads_ = heel_leads_ = {};
    prior_q16_ = calibrated_ ? prior_q16_ : 0;
  }
  if (first || drifted) heard_axis_ = axis_;
  (toe_leads ? toe_leads_ : heel_leads_).add(pitch);
  if (!calibrated_) {
    prior_q16_ -= prior_q16_ / p::MOUNT_PRIOR_STRIDES;
    notice_change_(toe_leads);
  }
  decide_();
}

/// Both ends can't be the toe: what was heard before a pod was turned is void.
void StrideMounting::notice_change_(bool toe_leads) {
  const int32_t one_plane_q12 = planar_q12_();
  Walk &before = toe_leads ? heel_leads_ : toe_leads_;
  const int32_t weaker_q16 =
      std::min(toe_leads_.forward_odds_q16(one_plane_q12), heel_leads_.forward_odds_q16(one_plane_q12));
  if (weaker_q16 < q(p::MOUNT_CHANGE_ODDS, Q16)) return;
  before = {};
  prior_q16_ = 0;
}

void StrideMounting::Walk::add(const LeadingPitch &pitch) {
  static constexpr int32_t FLOOR_Q9 = q(p::MOUNT_RATE_FLOOR_DPS, 1 << RATE_BITS);
  const auto mean = [](int32_t &sum, int32_t now) { sum += now - sum / p::MOUNT_MEMORY; };
  mean(strides_q16, Q16);
  mean(down_half_q21, pitch.down_half_q21);
  mean(up_half_q21, pitch.up_half_q21);
  mean(rates_q16, log2_q16(std::max(pitch.leave_q9dps, int32_t{0}) + FLOOR_Q9) -
                      log2_q16(std::max(pitch.land_q9dps, int32_t{0}) + FLOOR_Q9));
}

int32_t StrideMounting::Walk::forwardness_q14() const {
  if (strides_q16 <= 0) return 0;
  static constexpr float LN2 = 0.6931472f;
  static constexpr int32_t RATE_Q14 = q(p::MOUNT_RATE_WEIGHT * LN2, Q14);
  const int32_t floor_q21 = high(half_q21_of(p::MOUNT_PITCH_FLOOR_DEG) << 8, strides_q16 << 8);
  const int32_t both_q21 = down_half_q21 + up_half_q21 + floor_q21;
  const int32_t one_sided_q14 = (down_half_q21 - up_half_q21) * 8 / (both_q21 >> 11);
  const int32_t faster_q14 = rates_q16 * 64 / (strides_q16 >> 8);
  return one_sided_q14 + (faster_q14 * RATE_Q14 >> 14);
}

int32_t StrideMounting::Walk::forward_odds_q16(int32_t planar_q12) const {
  if (strides_q16 <= 0) return 0;
  static constexpr int32_t LEAN_Q13 = half_q21_of(p::MOUNT_LEAN_DEG) >> 8,
                           WIDE_Q13 = half_q21_of(p::MOUNT_PITCH_DEG) >> 8;
  const int32_t pitch_q13 = (down_half_q21 + up_half_q21) / (strides_q16 >> 8);
  const int32_t wide_q12 = (pitch_q13 - LEAN_Q13) * Q12 / (WIDE_Q13 - LEAN_Q13);
  const int32_t trust_q12 = std::clamp(wide_q12, planar_q12, Q12);
  const int32_t many_q12 = (strides_q16 << 8) / ((strides_q16 + q(p::MOUNT_ODDS_STRIDES, Q16)) >> 4);
  const int32_t weight_q10 = many_q12 * p::MOUNT_ODDS_PER_SCORE / 4 * (trust_q12 >> 2) >> 10;
  const int32_t odds_q16 = weight_q10 * (forwardness_q14() - q(p::MOUNT_EVEN_SCORE, Q14)) >> 8;
  static constexpr int32_t MOST_Q16 = q(p::MOUNT_ODDS_MAX, Q16);
  return std::clamp(odds_q16, -MOST_Q16, MOST_Q16);
}

void StrideMounting::decide_() {
  const int32_t strides_q16 = toe_leads_.strides_q16 + heel_leads_.strides_q16;
  const int32_t more_q16 = toe_leads_.strides_q16 - heel_leads_.strides_q16;
  const int32_t mostly_q12 = more_q16 * 256 / ((strides_q16 + q(p::MOUNT_ODDS_STRIDES, Q16)) >> 4);
  const int32_t one_plane_q12 = planar_q12_();
  odds_q16_ = prior_q16_ + mostly_q12 * q(p::MOUNT_FORWARD_ODDS, 1 << 8) / 16 +
              toe_leads_.forward_odds_q16(one_plane_q12) - heel_leads_.forward_odds_q16(one_plane_q12);
  static constexpr int32_t SURE_Q16 = q(p::MOUNT_SURE_ODDS, Q16);
  const bool heard = strides_q16 >= q(p::MOUNT_SURE_STRIDES - 0.5f, Q16) || std::abs(prior_q16_) >= SURE_Q16;
  if (sure_ == 0 && heard && std::abs(odds_q16_) >= SURE_Q16) {
    sure_ = odds_q16_ < 0 ? -1 : 1;
  } else if (sure_ != 0 && odds_q16_ * sure_ < q(p::MOUNT_DOUBT_ODDS, Q16)) {
    sure_ = 0;
  }
}

void StrideMounting::learn_calibration_(const RawStride &raw, Angle heading) {
  const Level course_q30 = direction_q30(heading);
  calibrate_q23_ = {calibrate_q23_.x + (course_q30.x >> 7), calibrate_q23_.y + (course_q30.y >> 7)};
  calibrate_us_ = raw.end_us;
  ++calibrate_seen_;
  if (--calibrate_left_ == 0) end_calibration_();
}

/// Takes the mean direction for forward if the walk was one.
void StrideMounting::end_calibration_() {
  calibrate_left_ = 0;
  static constexpr int32_t LEAST_Q12 = q(square(p::CALIBRATE_AGREEMENT), Q12);
  const bool straight = kept_q12(calibrate_q23_, calibrate_seen_ << (TURN_BITS - 7)) > LEAST_Q12;
  if (calibrate_seen_ < p::CALIBRATE_MIN_STRIDES || !straight) return;
  turn_axis_(angle_of(calibrate_q23_.x, calibrate_q23_.y));
  forget_axis_();
  trust_axis_(calibrate_seen_);
  calibrated_ = true;
  prior_q16_ = q(p::MOUNT_CALIBRATED_ODDS, Q16);
  decide_();
}

float StrideMounting::confidence() const {
  return known_ ? 1.0f : 1.0f / (1.0f + std::exp(static_cast<float>(std::abs(odds_q16_)) * (-1.0f / Q16)));
}

bool StrideMounting::mounting(Mounting &out) const {
  if (!known_ && axis_weight_q5_ <= 0) return false;
  Whole3 toe_q30 = direction_of(across_q30(watched_.left_q30.cross(level_up_q30_) << 2, up_q30_));
  if (!known_ && flipped_()) toe_q30 = Whole3{} - toe_q30;
  const Vec3 u = up_q30_.real(1.0f / ONE), t = toe_q30.real(1.0f / ONE);
  out = {{u.x, u.y, u.z}, {t.x, t.y, t.z}, confidence(), calibrated_};
  return true;
}

}  // namespace esphome::retrostep
