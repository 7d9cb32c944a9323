#include "stride_mounting.h"

#include <cmath>
#include <new>
#include <utility>

#include "stride_mounting_parameters.h"
#include "stride_parameters.h"

namespace retrostep {

namespace p = parameters;

namespace {

constexpr int32_t kOne = 1 << kTurnBits;
constexpr int32_t kQ12 = 1 << 12, kQ14 = 1 << 14, kQ16 = 1 << 16;
constexpr int32_t kHalfTurn = INT32_MIN;

constexpr float square(float v) {
  return v * v;
}
constexpr int32_t q(float v, int32_t one) {
  return static_cast<int32_t>(v * static_cast<float>(one));
}

/// Enough rotation to have a shape, and no more than a foot can do.
bool tells(const LeadingPitch &pitch) {
  return pitch.both() > pitch_of(p::kMountRotationMinDeg) && pitch.both() < pitch_of(p::kMountRotationMaxDeg);
}

bool longer(const RawStride &raw, float least_m) {
  return square(raw.length_m) + square(raw.climb_m) > square(least_m);
}

/// Part of a vector across a direction; both in 2^-30.
Whole3 across(const Whole3 &v, const Whole3 &direction) {
  return v - (direction.part(v.dot(direction) * 4) << 2);
}

/// The direction of a vector of between a third and 1.1, 2^-30.
Whole3 direction_of(Whole3 v) {
  for (int i = 0; i < 5; ++i) {
    const int32_t excess = std::min(v.dot(v) - (1 << 28), int32_t{1} << 26);
    v -= v.part(excess * 8);
  }
  return v;
}

Whole3 whole(const float (&v)[3]) {
  return Whole3::of(Vec3{v[0], v[1], v[2]}.unit({0, 0, 1}), 1 << (kTurnBits - 4)) << 4;
}

/// How much of `whole` the sum of its parts kept, squared, in 2^-12.
int32_t kept(Level sum, int32_t whole) {
  if (whole <= 0) return 0;
  while (whole < (1 << 24)) sum = {sum.x * 2, sum.y * 2}, whole *= 2;
  sum = {sum.x >> 10, sum.y >> 10}, whole >>= 10;
  return (sum.x * sum.x + sum.y * sum.y) / (whole * whole >> 12);
}

/// Logarithm to base 2, in 2^-16, of a whole number above 0; to 0.01.
int32_t log2_q16(int32_t v) {
  int bits = 30;
  while (v < kOne) v *= 2, --bits;
  const int32_t part = (v - kOne) >> 14;  // 2^-16
  return (bits << 16) + part + (((part * 22) >> 6) * ((kQ16 - part) >> 4) >> 12);
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
  adopt(whole(mounting.up), whole(mounting.toe));
  trust_axis(p::kMountAxisLearned);
  const float chance = std::clamp(mounting.confidence, 0.5f, 0.9999f);
  told_ = mounting.told;
  const float odds =
      told_ ? p::kMountToldOdds : std::min(std::log(chance / (1.0f - chance)), p::kMountOddsMax);
  prior_q16_ = q(odds, kQ16);
  decide();
}

void StrideMounting::calibrate(uint64_t now_us) {
  known_ = false;
  calibrate_left_ = p::kCalibrateStrides;
  calibrate_seen_ = 0;
  calibrate_ = {};
  calibrate_us_ = now_us;
}

void StrideMounting::pass(uint64_t now_us) {
  if (calibrate_left_ == 0) return;
  const uint32_t patience_us = calibrate_seen_ > 0 ? to_us(p::kBoutGapS) : to_us(p::kCalibrateWaitS);
  if (now_us - calibrate_us_ > patience_us) end_calibration();
}

/// Takes a level plane; `toe` need not be level.
void StrideMounting::adopt(const Whole3 &up, const Whole3 &toe) {
  level_up_ = up_ = up;
  Whole3 level = across(toe, up);
  if (level.dot(level) < (1 << 26)) level = across({0, kOne, 0}, up);
  watched_.across = direction_of(level);
  watched_.aside = up.cross(watched_.across) << 2;
  watched_.plain = false;
  up_known_ = true;
  other_strides_ = 0;
  turn_axis(0);
  forget_axis();
}

bool StrideMounting::moved(const RawStride &raw) {
  if (known_) return false;
  const Whole3 up = raw.start.up_q30();
  const auto fits = [&up](const Whole3 &other) { return up.dot(other) > q(p::kMountMovedCos, 1 << 28); };
  if (up_known_ && fits(up_)) {
    up_ = direction_of(up_ + (up - up_).part(q(p::kMountUpGain, kOne) * 4));
    other_strides_ = 0;
    return false;
  }
  const bool again = other_strides_ > 0 && fits(other_up_) && raw.start_us - last_us_ < to_us(p::kBoutGapS);
  other_strides_ = again ? other_strides_ + 1 : 1;
  other_up_ = up;
  last_us_ = raw.end_us;
  if (up_known_ && other_strides_ < p::kMountMovedStrides) return false;
  const bool first = !up_known_;
  adopt(up, {kOne, 0, 0});
  fresh_ = true;
  return !first;
}

int32_t StrideMounting::heading(const RawStride &raw) const {
  int32_t zero = 0;
  if (known_) {  // a pod out of level is thought level again by the shortest turn
    const int32_t half = angle_of(raw.start.w, raw.start.z);
    zero = turned(half, half);
  } else {
    const Whole3 seen = raw.start.rotate_half(watched_.across >> 3);
    zero = angle_of(seen.x, seen.y);
  }
  const int32_t angle = turns_between(zero, angle_of(raw.way_q23gs2.x, raw.way_q23gs2.y));
  return turns_between(raw.yaw / 2, angle);
}

int32_t StrideMounting::toe_angle(int32_t heading) const {
  return turned(turns_between(axis_, heading), flipped() ? kHalfTurn : 0);
}

int32_t StrideMounting::forwardness(const RawStride &raw, int32_t heading) const {
  if (!known_ || !longer(raw, p::kMountClearStrideM)) return 0;
  const LeadingPitch pitch = raw.turn.leading(turn_size(heading) < turns(90));
  if (!tells(pitch) || pitch.both() < pitch_of(p::kMountPitchDeg)) return 0;
  Walk walk;
  walk.add(pitch);
  return walk.forwardness();
}

void StrideMounting::learn(const RawStride &raw, int32_t heading) {
  const bool watched = !std::exchange(fresh_, false);
  if (known_ || !longer(raw, p::kMountStrideMinM)) return;
  if (calibrate_left_ > 0) return learn_calibration(raw, heading);
  if (!watched) return;
  const uint32_t off = turn_size(turns_between(axis_, heading));
  const bool ahead = off < turns(90);
  const bool off_axis = (ahead ? off : (1u << 31) - off) > turns(p::kMountOffAxisDeg);
  if (sure_ != 0 && off_axis) return doubt_axis(raw.turn, heading);
  off_axis_strides_ = 0;
  const bool had_axis = axis_weight_ > 0;
  learn_axis(raw, heading);
  const int lead = off_axis ? 0 : ahead ? 1 : -1;
  const bool in_step = lead != 0 && lead == last_lead_ && raw.start_us - last_us_ < to_us(p::kBoutGapS);
  last_lead_ = lead;
  last_us_ = raw.end_us;
  if (had_axis && in_step) weigh(raw.turn, ahead);
}

/// How much the swings turned about one level axis alone, in 2^-12; those of side steps turn about two.
int32_t StrideMounting::planar() const {
  constexpr int32_t kLow = q(square(2 * p::kMountPlaneLow - 1), kQ12);
  constexpr int32_t kHigh = q(square(2 * p::kMountPlaneHigh - 1), kQ12);
  return std::clamp((kept(turns_, axis_weight_) - kLow) * kQ12 / (kHigh - kLow), int32_t{0}, kQ12);
}

/// Strides that go straight and turn about a level axis far show the axis best.
void StrideMounting::learn_axis(const RawStride &raw, int32_t heading) {
  constexpr int32_t kYaw2 = (turns(p::kMountAxisYawDeg) >> 16) * (turns(p::kMountAxisYawDeg) >> 16);
  const TurnedAbout about = raw.turn.about();
  const int32_t yaw = raw.yaw >> 16;
  const int32_t straight_q22 = (kYaw2 / ((kYaw2 + yaw * yaw) >> 12)) << 10;
  const auto mean = [straight_q22](int32_t &sum, int32_t now) {
    sum += high(now << 10, straight_q22) - high(sum << 4, q(1 - p::kMountAxisKeep, 1 << 28));
  };
  const Level course = direction_of(turned(heading, heading));
  mean(turns_.x, about.twice.x);
  mean(turns_.y, about.twice.y);
  mean(courses_.x, high(course.x, about.whole) * 4);
  mean(courses_.y, high(course.y, about.whole) * 4);
  mean(axis_weight_, about.whole);
  constexpr int32_t kDoubt = q(p::kMountAxisDoubt, TurnedAbout::kMost);
  const int32_t bent_q12 = q(1 + p::kMountAxisFloor, kQ12) - kept(courses_, axis_weight_ + kDoubt);
  const int32_t share_q26 = (bent_q12 << 14) * p::kMountAxisRotation;
  // The foot turns about its left: the axis is a quarter turn away, so the doubled angle points opposite.
  const int32_t twice =
      angle_of(courses_.x - high(turns_.x << 6, share_q26), courses_.y - high(turns_.y << 6, share_q26));
  // To the end nearer to the supposed toe.
  turn_axis(turned(axis_, turns_between(turned(axis_, axis_), twice) / 2));
}

/// Side steps leave a decided axis alone; but strides that go across it as only walking goes along one do
/// not.
void StrideMounting::doubt_axis(const MountingSwing &swing, int32_t heading) {
  const TurnedAbout about = swing.about();
  const Level course = direction_of(turned(heading, heading));
  const int32_t along = -(high(about.twice.x, course.x) + high(about.twice.y, course.y)) * 4;
  last_lead_ = 0;
  if (along <= high(about.whole, q(2 * p::kMountPlaneHigh - 1, kOne)) * 4) return;
  if (++off_axis_strides_ >= p::kMountOffAxisStrides) forget_axis();
}

/// The axis as it is now is worth so many strides.
void StrideMounting::trust_axis(int32_t strides) {
  const Level course = direction_of(turned(axis_, axis_));
  axis_weight_ = strides * TurnedAbout::kMost;
  courses_ = {high(course.x, axis_weight_) * 4, high(course.y, axis_weight_) * 4};
  turns_ = {-courses_.x, -courses_.y};
}

void StrideMounting::forget_axis() {
  turns_ = courses_ = {};
  axis_weight_ = 0;
  off_axis_strides_ = 0;
  toe_leads_ = heel_leads_ = {};
  prior_q16_ = odds_q16_ = 0;
  told_ = false;
  sure_ = last_lead_ = 0;
}

void StrideMounting::turn_axis(int32_t axis) {
  axis_ = axis;
  const Level toe = direction_of(axis);
  watched_.left = (watched_.aside.part(toe.x) - watched_.across.part(toe.y)) << 2;
}

/// Lets the swing that just ended speak about the ends.
void StrideMounting::weigh(const MountingSwing &swing, bool toe_leads) {
  const LeadingPitch pitch = swing.leading(toe_leads);
  if (!tells(pitch)) return;
  const bool first = toe_leads_.strides_q16 + heel_leads_.strides_q16 <= 0;
  const bool drifted = turn_size(turns_between(heard_axis_, axis_)) > turns(p::kMountAxisDriftDeg);
  if (!first && drifted) {
    toe_leads_ = heel_leads_ = {};
    prior_q16_ = told_ ? prior_q16_ : 0;
  }
  if (first || drifted) heard_axis_ = axis_;
  (toe_leads ? toe_leads_ : heel_leads_).add(pitch);
  if (!told_) {
    prior_q16_ -= prior_q16_ / p::kMountPriorStrides;
    notice_change(toe_leads);
  }
  decide();
}

/// Both ends can't be the toe: what was heard before a pod was turned is void.
void StrideMounting::notice_change(bool toe_leads) {
  const int32_t one_plane = planar();
  Walk &before = toe_leads ? heel_leads_ : toe_leads_;
  const int32_t weaker = std::min(toe_leads_.forward_odds(one_plane), heel_leads_.forward_odds(one_plane));
  if (weaker < q(p::kMountChangeOdds, kQ16)) return;
  before = {};
  prior_q16_ = 0;
}

void StrideMounting::Walk::add(const LeadingPitch &pitch) {
  constexpr int32_t kFloor = q(p::kMountRateFloorDps, 1 << kRateBits);
  const auto mean = [](int32_t &sum, int32_t now) { sum += now - sum / p::kMountMemory; };
  mean(strides_q16, kQ16);
  mean(down, pitch.down);
  mean(up, pitch.up);
  mean(rates_q16, log2_q16(std::max(pitch.leave, int32_t{0}) + kFloor) -
                      log2_q16(std::max(pitch.land, int32_t{0}) + kFloor));
}

int32_t StrideMounting::Walk::forwardness() const {
  if (strides_q16 <= 0) return 0;
  constexpr int32_t kRate = q(p::kMountRateWeight * 0.6931472f, kQ14);  // of the natural logarithm
  const int32_t floor = high(pitch_of(p::kMountPitchFloorDeg) << 8, strides_q16 << 8);
  const int32_t one_sided = (down - up) * 8 / ((down + up + floor) >> 11);
  const int32_t faster = rates_q16 * 64 / (strides_q16 >> 8);
  return one_sided + (faster * kRate >> 14);
}

int32_t StrideMounting::Walk::forward_odds(int32_t planar_q12) const {
  if (strides_q16 <= 0) return 0;
  constexpr int32_t kLean = pitch_of(p::kMountLeanDeg) >> 8, kWide = pitch_of(p::kMountPitchDeg) >> 8;
  const int32_t pitch_q13 = (down + up) / (strides_q16 >> 8);
  const int32_t wide_q12 = (pitch_q13 - kLean) * kQ12 / (kWide - kLean);
  const int32_t trust_q12 = std::clamp(wide_q12, planar_q12, kQ12);
  const int32_t many_q12 = (strides_q16 << 8) / ((strides_q16 + q(p::kMountOddsStrides, kQ16)) >> 4);
  const int32_t weight_q10 = many_q12 * p::kMountOddsPerScore / 4 * (trust_q12 >> 2) >> 10;
  const int32_t odds = weight_q10 * (forwardness() - q(p::kMountEvenScore, kQ14)) >> 8;
  constexpr int32_t kMost = q(p::kMountOddsMax, kQ16);
  return std::clamp(odds, -kMost, kMost);
}

void StrideMounting::decide() {
  const int32_t strides = toe_leads_.strides_q16 + heel_leads_.strides_q16;
  const int32_t more = toe_leads_.strides_q16 - heel_leads_.strides_q16;
  const int32_t mostly_q12 = more * 256 / ((strides + q(p::kMountOddsStrides, kQ16)) >> 4);
  const int32_t one_plane = planar();
  odds_q16_ = prior_q16_ + mostly_q12 * q(p::kMountForwardOdds, 1 << 8) / 16 +
              toe_leads_.forward_odds(one_plane) - heel_leads_.forward_odds(one_plane);
  constexpr int32_t kSure = q(p::kMountSureOdds, kQ16);
  const bool heard = strides >= q(p::kMountSureStrides - 0.5f, kQ16) || std::abs(prior_q16_) >= kSure;
  if (sure_ == 0 && heard && std::abs(odds_q16_) >= kSure) {
    sure_ = odds_q16_ < 0 ? -1 : 1;
  } else if (sure_ != 0 && odds_q16_ * sure_ < q(p::kMountDoubtOdds, kQ16)) {
    sure_ = 0;
  }
}

void StrideMounting::learn_calibration(const RawStride &raw, int32_t heading) {
  const Level course = direction_of(heading);
  calibrate_ = {calibrate_.x + (course.x >> 7), calibrate_.y + (course.y >> 7)};
  calibrate_us_ = raw.end_us;
  ++calibrate_seen_;
  if (--calibrate_left_ == 0) end_calibration();
}

/// Takes the mean direction for forward if the walk was one.
void StrideMounting::end_calibration() {
  calibrate_left_ = 0;
  constexpr int32_t kLeast = q(square(p::kCalibrateAgreement), kQ12);
  const bool straight = kept(calibrate_, calibrate_seen_ << (kTurnBits - 7)) > kLeast;
  if (calibrate_seen_ < p::kCalibrateMinStrides || !straight) return;
  turn_axis(angle_of(calibrate_.x, calibrate_.y));
  forget_axis();
  trust_axis(calibrate_seen_);
  told_ = true;
  prior_q16_ = q(p::kMountToldOdds, kQ16);
  decide();
}

float StrideMounting::confidence() const {
  return known_ ? 1.0f : 1.0f / (1.0f + std::exp(static_cast<float>(std::abs(odds_q16_)) * (-1.0f / kQ16)));
}

bool StrideMounting::mounting(Mounting &out) const {
  if (!known_ && axis_weight_ <= 0) return false;
  Whole3 toe = direction_of(across(watched_.left.cross(level_up_) << 2, up_));
  if (!known_ && flipped()) toe = Whole3{} - toe;
  const Vec3 u = up_.real(1.0f / kOne), t = toe.real(1.0f / kOne);
  out = {{u.x, u.y, u.z}, {t.x, t.y, t.z}, confidence(), told_};
  return true;
}

}  // namespace retrostep
