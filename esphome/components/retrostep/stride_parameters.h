#pragma once
/// Every number the stride core decides with: name, value, unit, why, source.
///
/// Sources: [M] measured on foot-worn recordings (docs/accuracy.md), [L] literature named beside it, [D] by
/// design.

#include "stride_math.h"

namespace esphome::retrostep::parameters {

// --- time ---
constexpr float TICK_S = 0.009f;        // s: samples are gathered to at least this; 100 Hz stays as it is [D]
constexpr float GAP_FACTOR = 2.5f;      // × usual dt: a longer dt is a gap ... [D]
constexpr float GAP_MIN_S = 0.060f;     // s: ... but never a shorter one, polling loops jitter by 16 ms [D]
constexpr float GAP_BRIDGE_S = 0.105f;  // s: up to here the swing is interpolated, beyond it ends [D]

// --- samples ---
// Lengths, so that no mounting decides what is dropped:
constexpr float ACCEL_MAX_G = 60.0f;     // g: beyond any sensor's range; such a sample is dropped [D]
constexpr float GYRO_MAX_DPS = 4500.0f;  // °/s: the same [D]

// --- stance: foot-flat and foot-off ---
constexpr float STANCE_WINDOW_S = 0.100f;    // s: a stance is judged over this [M: shortest lively stances]
constexpr float FOOT_OFF_WINDOW_S = 0.030f;  // s: leaving it is judged over this [M]
constexpr float FOOT_FLAT_PEAK_SHARE =
    0.085f;                                 // of the swing's peak rate: slow shuffles have quiet swings [M]
constexpr float FOOT_FLAT_MIN_DPS = 8.0f;   // °/s: floor of that threshold [M]
constexpr float FOOT_FLAT_MAX_DPS = 60.0f;  // °/s: ceiling of it [M]
constexpr float FOOT_OFF_DECAY_S =
    0.7f;  // s: after a stride it falls back [M: shuffles; 0.8 counts a leg that dangles]
constexpr float STANCE_ACCEL_SD = 1.5f;       // m/s²: largest deviation on any axis within the window [M]
constexpr float STANCE_ACCEL_ERROR = 1.2f;    // m/s²: mean |a| against gravity [M]
constexpr float FOOT_OFF_ACCEL = 0.8f;        // m/s²: departure from the stance's mean; catches slides [M]
constexpr float STANCE_ACCEL_GAIN = 0.05f;    // per tick: that mean follows slowly [M]
constexpr float STANCE_SPEED_BASE = 0.25f;    // m/s: integrated speed a real stance may show ... [M]
constexpr float STANCE_SPEED_SHARE = 0.004f;  // m/s per °/s of the peak: ... more after a lively swing [M]
constexpr float GLIDE_MS2 = 0.8f;  // m/s²: more speed left than this times the swing's duration ... [M]
constexpr float GLIDE_SHARE =
    0.45f;  // ... and than this share of its top speed is a foot in mid swing ... [M]
constexpr float STANCE_DUE_S = 0.9f;  // s: ... unless it has swung for longer: the integration is wrong [M]
constexpr float STANCE_TILT_COS =
    0.97f;                               // cosine of 14°: and rests tipped about as before [M: worn 99 % 12°]
constexpr float STANCE_SURE_S = 0.20f;   // s: quiet for so long is a stance whatever the speed says [M]
constexpr float STANCE_PROOF_S = 0.05f;  // s of stance that prove a rest met by chance [M]
constexpr float TILT_EVERY_S =
    0.035f;                      // s: how often a stance takes its small turns into the attitude [D cost]
constexpr float STILL_S = 0.3f;  // s of stance until the foot is called still [D]
constexpr float TILT_S =
    0.05f;  // s: in a stance the attitude follows gravity so fast: tilt correction [M: MS patient]

// --- a belt that carries the foot: one that feet drive brakes and speeds up with every step ---
// Up to 0.3 m/s × 2π × two steps a second push a foot that stands:
constexpr float CARRIED_ACCEL = 5.0f;     // m/s²: instead of FOOT_OFF_ACCEL [M: generated belts] ...
constexpr float CARRIED_ACCEL_SD = 3.0f;  // ... and of STANCE_ACCEL_SD [M: the same]
constexpr float CARRIED_TILT_S = 1.0f;    // s: instead of TILT_S, the push is no gravity [M: the same, cmu]
constexpr float CARRIED_PUSH_S =
    0.12f;  // s: a foot leaving the floor turns sooner after it is pushed ... [M]
constexpr float CARRIED_MEMORY_S =
    4.0f;  // s: ... one that does not is carried for so long ... [D: some strides]
constexpr float CARRIED_APART_S = 0.5f;   // s: pushes of one step are closer together [M: generated belts]
constexpr float CARRIED_AGAIN_S = 0.06f;  // s: ... and on, if it stands pushed for so long again [M: lively]

// --- zero-velocity update in lively gait: rest without a quiet stance ---
constexpr float ZUPT_DPS = 80.0f;          // °/s: unit of rotation at most [M: styles "happy", "active"] ...
constexpr float ZUPT_DPS_BASE = 8.0f;      // ... for slow swings this ... [M: shuffles]
constexpr float ZUPT_DPS_SHARE = 0.15f;    // ... plus this share of the swing's peak [M]
constexpr float ZUPT_ACCEL = 3.5f;         // m/s²: unit of acceleration at most [M] ...
constexpr float ZUPT_ACCEL_BASE = 0.5f;    // ... for slow swings this ... [M: shuffles]
constexpr float ZUPT_ACCEL_PER_MS = 1.0f;  // 1/s: ... plus this times the swing's top speed [M]
constexpr float ZUPT_SPEED_BASE = 0.02f;   // m/s: unit of speed ... [M]
constexpr float ZUPT_SPEED_SHARE = 0.15f;  // ... plus this share of the swing's top speed [M]
constexpr float ZUPT_SPEED_MAX =
    0.30f;  // share of the top speed above which no foot rests; mid swing has 1 [M]
constexpr float ZUPT_MOST_STATISTIC =
    4.0f;  // sum of squares in these units, the statistic: above it nothing rests [M]
constexpr float ZUPT_WAIT_S = 0.12f;       // s without a lesser statistic confirm the least [M]
constexpr float ZUPT_MIN_S = 0.30f;        // s: shorter swings end in quiet stances only [M]
constexpr float ZUPT_MAX_S = 2.2f;         // s: later the chain of updates is lost [M]
constexpr float GUESS_MAX_S = 1.6f;        // s: the same after a first, unproven rest [M]
constexpr float GUESS_ACCEL_ERROR = 1.0f;  // m/s²: mean force of a swing against gravity proves that rest [M]
constexpr float GUESS_TILT_COS = 0.94f;    // cosine of 20°: and its direction against the one assumed [M]
constexpr float SWING_TILT_GAIN = 0.5f;    // share of a swing's mean force in the attitude, for 1 s [M]

// --- the end of a length, after a quiet stance was found ---
constexpr float CALM_WAIT_S = 0.055f;  // s: the foot may still roll; the calmest instant within counts [M]
constexpr float CALM_DPS = 12.0f;      // °/s: calm enough; waiting would gather noise [M: shuffles]

// --- swing ---
constexpr float POD_HEIGHT_M =
    0.08f;  // m over the sole: a rolling foot carries the pod [M: length error 1.4 to 1.1 %]
constexpr float SWING_MAX_S = 3.0f;          // s: longer motion is no stride [M]
constexpr float SWING_MIN_S = 0.15f;         // s [M]
constexpr float SWING_MIN_PEAK_DPS = 25.0f;  // °/s: less is a fidget [M]

// --- gyroscope bias: the strict rule; a loose one damages the result [M] ---
constexpr float BIAS_REST_S = 0.3f;      // s of rest before the first update
constexpr float BIAS_SPREAD_DPS = 2.0f;  // °/s peak to peak within the stance window
constexpr float BIAS_ACCEL_SD = 0.11f;   // m/s²
constexpr float BIAS_GAIN = 0.03f;       // per tick of 10 ms
constexpr float DRIFT_S = 11.0f;  // s of walking until tilt corrections have shown most of it [M: shuffles]
constexpr float DRIFT_STANCE_MIN_S = 0.1f;  // s of a stance that corrects tilt; shorter ones mislead [M: cmu]
constexpr float DRIFT_STANCE_MAX_S =
    1.0f;                               // s of a stance in which corrections count; later rest shows it [M]
constexpr float DRIFT_MUCH_DEG = 8.0f;  // °: corrections by more count for less than half [M]
constexpr float DRIFT_MAX_DPS = 10.0f;  // °/s: what a walk may show on an axis; rest can still undo it [D]
constexpr float BIAS_MAX_DPS = 36.0f;  // °/s: 20 on each axis; more is no bias of any sensor of this kind [D]
constexpr float BIAS_FAR_DPS = 4.0f;   // °/s: so far from what was known it is taken at once ... [D]
constexpr float BIAS_FAR_REST_S = 0.6f;  // s: ... after so much rest [D: a foot that turns evenly is brief]

// --- accelerometer offset ---
constexpr float ACCEL_OFFSET_MAX_G = 0.36f;  // g: 0.2 on each axis; more is a broken sensor [D]
constexpr float ACCEL_OFFSET_MIN_G = 0.03f;  // g: less of it, seen at rest, does no harm [D]
constexpr float ACCEL_OFFSET_REST_S = 1.0f;  // s of rest: a lift speeds up for about as long [D]
constexpr float ACCEL_OFFSET_TURN_MIN_G =
    0.10f;  // g: less between two stances may be a foot that still rolls, 6° [M: curves of an elder] ...
constexpr float ACCEL_OFFSET_TURN_SHARE = 0.4f;  // ... or what a foot shows that turned less: 37° [D]
constexpr float ACCEL_OFFSET_GAIN = 0.5f;        // of what one turn shows ... [D]
constexpr float ACCEL_OFFSET_STEP_G = 0.1f;      // g: ... but no more: a shoe in the hand turns, too [D]

// --- what no sensor at rest shows; looked at a second at a time ---
constexpr float WATCH_SPREAD_G = 0.06f;   // g on each axis: at rest, noise of low-power modes included [D]
constexpr float WATCH_SPREAD_DPS = 4.0f;  // °/s on each axis: the same [D]

// --- a stride ---
constexpr float STRIDE_MIN_M = 0.10f;            // m: shorter is shifting the weight [D]
constexpr float STRIDE_MAX_M = 3.5f;             // m [M: running]
constexpr float STRIDE_MIN_S = 0.25f;            // s [M]
constexpr float STRIDE_MAX_S = 2.5f;             // s [M]
constexpr float STRIDE_MAX_DRIFT = 1.8f;         // m/s²: residual speed per duration ... [M]
constexpr float STRIDE_MAX_DRIFT_SHARE = 0.35f;  // ... or this share of the top speed, whichever is more [M]
constexpr float UNSURE_DRIFT =
    0.25f;  // of what was taken out for that speed; shorter strides may be none [M]
constexpr float PROOF_UNSURE =
    0.45f;  // of the length so unsure: may be one, proves none [M: shuffles 97 % 0.42, a rocking chair 0.8]
constexpr float PENDULUM_MS = 0.4f;  // m/s: more speed left at the end than this ... [M: shuffles 99 % 0.38]
constexpr float PENDULUM_S =
    0.6f;  // s: ... and than so long a share of the top speed is a foot that swings: proves nothing [M]
constexpr float STRIDE_MAX_DZ_M = 0.65f;  // m: two high stair steps [M]
constexpr float STRIDE_TILT_COS =
    0.87f;  // cosine of 30°: a foot rests about as it rested before; a shoe in the hand does not [M]
constexpr float TURN_YAW_DEG = 60.0f;    // °: from here a stride has no direction of its own [D design]
constexpr float TURN_MOST_DEG = 120.0f;  // °: from here it does not show a walk either [M: shoes put on]
constexpr float TURN_JOIN_DEG = 75.0f;   // °: a turn that moves further off its bout does not join [M]
constexpr float FORWARD_DEG = 50.0f;     // °: displacement to toe axis, up to here forward [D design]
constexpr float BACKWARD_DEG = 130.0f;   // °: from here backward [D design]
constexpr float STAIR_M = 0.12f;         // m: climbing more than this ... [M]
constexpr float STAIR_SLOPE = 0.35f;     // ... and than this share of the length is a stair [M]

// --- a stride with a bridged gap: 80 ms hide 0.3 m/s of speed and 4° of turn, one in ten 1 m/s and 13° [M]
// ---
constexpr float BRIDGED_SLACK = 3.0f;  // × the speed it may leave at a quiet stance [M]
constexpr float BRIDGED_UNSURE_DRIFT =
    0.2f;  // of the displacement taken out for that speed is unsure ... [M]
constexpr float BRIDGED_UNSURE_PATH = 0.06f;  // ... and of top speed × duration: a kick comes back [M]
constexpr float BRIDGED_DRIFT_DPS = 100.0f;   // °/s: a foot that turns less and ... [M: shortest shuffles 90]
constexpr float BRIDGED_DRIFT_SHARE = 0.6f;   // ... ends with this share of its top speed did not go [M]

// --- streak ---
constexpr float BOUT_GAP_S = 3.0f;   // s: a bout's strides are closer than this [D design]
constexpr float BOUT_HELD_S = 4.5f;  // s: strides held back wait longer: one between them may be lost [M]
constexpr int BOUT_PENDING = 12;     // strides held back at most while a bout is not proven [D memory]

// --- proof of a walk: further than a seated foot goes, in rhythm, or right after a walk ---
constexpr float PROOF_REACH_M = 1.0f;           // m one way by a foot that rolls proves a walk ... [M]
constexpr float PROOF_REACH_RESTLESS_M = 1.5f;  // ... by one set here and there before [M: desks 1.1]
constexpr float PROOF_REACH_PAUSE_S = 2.5f;     // s: with no longer pause within [M]
constexpr float PROOF_ROLL =
    190.0f;  // °/m: fastest rotation × duration over length; a foot that walks rolls [M: worn 1 % 281]
constexpr float PROOF_FAR_M = 2.5f;          // m one way: so far ...
constexpr float PROOF_ROLL_FAR = 60.0f;      // ... a stiff foot may roll less ... [D]
constexpr float PROOF_ROLL_RHYTHM = 150.0f;  // ... the same in rhythm: short steps roll less [M]
constexpr int RHYTHM_STRIDES = 3;            // strides alike in a row prove a walk ... [D issue]
constexpr int RHYTHM_RESTLESS_STRIDES =
    6;  // ... by a foot set here and there before: more than its reach holds [M]
constexpr float TRIAL_S =
    60.0f;  // s: alike in rhythm but no further than that, and not taken back for so long, is a walk [D]
// How alike: largest over smallest, of three in a row, or of four, among which one may be missing [M].
constexpr float RHYTHM_LENGTH = 1.75f, RHYTHM_LENGTH_4 = 2.2f;
constexpr float RHYTHM_SECONDS = 1.55f, RHYTHM_SECONDS_4 = 1.7f;
constexpr float RHYTHM_PEAK = 2.2f, RHYTHM_PEAK_4 = 2.6f;
constexpr float RHYTHM_PAUSE = 1.6f, RHYTHM_PAUSE_4 = 2.5f;      // pauses, each and this much more:
constexpr float RHYTHM_PAUSE_BASE_S = 0.2f;                      // s
constexpr float RHYTHM_PAUSE_S = 1.3f, RHYTHM_PAUSE_4_S = 2.0f;  // s: longest pause [M: shuffles 99 % 2.0]
constexpr float RHYTHM_COURSE_DEG = 28.0f, RHYTHM_COURSE_4_DEG = 40.0f;  // °: spread of directions
constexpr float WARM_S = 6.0f;             // s after a walk two strides go on with it ... [M: worn, cmu]
constexpr int WARM_STRIDES = 2;            // ... the same way, or ...
constexpr float WARM_REACH_M = 0.5f;       // m: ... another way, so far in rolling strides [M: cmu]
constexpr float LIVELY_REACH_M = 0.45f;    // m: ... or so far without a break ...
constexpr float LIVELY_PAUSE_S = 0.5f;     // s ...
constexpr float LIVELY_PEAK_DPS = 250.0f;  // °/s: ... in strides that turn faster than seated feet [M: cmu]
constexpr float RESTLESS_BOUT_S = 60.0f;   // s: each bout that proved no walk makes restless for longer ...
constexpr float RESTLESS_MOST_S = 240.0f;  // s: ... at most for so long [D] ...
constexpr float RESTLESS_S = 90.0f;        // s: ... and from here counts: two within half a minute [M]

// --- wear ---
constexpr float WEAR_BLOCK_S = 900.0f;          // s: looked at every quarter of an hour [L: GGIR]
constexpr float WEAR_EVERY_S = 0.2f;            // s between the readings taken [D cost]
constexpr float WEAR_SD = 0.013f * GRAVITY;     // m/s² [L: van Hees 2011, GGIR]
constexpr float WEAR_RANGE = 0.050f * GRAVITY;  // m/s² [L: the same]

}  // namespace esphome::retrostep::parameters
