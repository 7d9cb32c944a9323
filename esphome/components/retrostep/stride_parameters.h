#pragma once
/// Every number the stride core decides with: name, value, unit, why, source.
///
/// Sources: [M] measured on foot-worn recordings (docs/accuracy.md), [L] literature named beside it, [D] by
/// design.

#include "stride_math.h"

namespace retrostep::parameters {

// --- time ---
constexpr float kTickS = 0.009f;       // s: samples are gathered to at least this; 100 Hz stays as it is [D]
constexpr float kGapFactor = 2.5f;     // × usual dt: a longer dt is a gap ... [D]
constexpr float kGapMinS = 0.060f;     // s: ... but never a shorter one, polling loops jitter by 16 ms [D]
constexpr float kGapBridgeS = 0.105f;  // s: up to here the swing is interpolated, beyond it ends [D]

// --- samples ---
// Lengths, so that no mounting decides what is dropped:
constexpr float kAccelMaxG = 60.0f;     // g: beyond any sensor's range; such a sample is dropped [D]
constexpr float kGyroMaxDps = 4500.0f;  // °/s: the same [D]

// --- stance: foot-flat and foot-off ---
constexpr float kStanceWindowS = 0.100f;      // s: a stance is judged over this [M: shortest lively stances]
constexpr float kFootOffWindowS = 0.030f;     // s: leaving it is judged over this [M]
constexpr float kFootFlatPeakShare = 0.085f;  // of the swing's peak rate: slow shuffles have quiet swings [M]
constexpr float kFootFlatMinDps = 8.0f;       // °/s: floor of that threshold [M]
constexpr float kFootFlatMaxDps = 60.0f;      // °/s: ceiling of it [M]
constexpr float kFootOffDecayS =
    0.7f;  // s: after a stride it falls back [M: shuffles; 0.8 counts a leg that dangles]
constexpr float kStanceAccelSd = 1.5f;       // m/s²: largest deviation on any axis within the window [M]
constexpr float kStanceAccelError = 1.2f;    // m/s²: mean |a| against gravity [M]
constexpr float kFootOffAccel = 0.8f;        // m/s²: departure from the stance's mean; catches slides [M]
constexpr float kStanceAccelGain = 0.05f;    // per tick: that mean follows slowly [M]
constexpr float kStanceSpeedBase = 0.25f;    // m/s: integrated speed a real stance may show ... [M]
constexpr float kStanceSpeedShare = 0.004f;  // m/s per °/s of the peak: ... more after a lively swing [M]
constexpr float kGlideMs2 = 0.8f;  // m/s²: more speed left than this times the swing's duration ... [M]
constexpr float kGlideShare =
    0.45f;  // ... and than this share of its top speed is a foot in mid swing ... [M]
constexpr float kStanceDueS = 0.9f;  // s: ... unless it has swung for longer: the integration is wrong [M]
constexpr float kStanceTiltCos = 0.97f;  // cosine of 14°: and rests tipped about as before [M: worn 99 % 12°]
constexpr float kStanceSureS = 0.20f;    // s: quiet for so long is a stance whatever the speed says [M]
constexpr float kStanceProofS = 0.05f;   // s of stance that prove a rest met by chance [M]
constexpr float kTiltEveryS =
    0.035f;                      // s: how often a stance takes its small turns into the attitude [D cost]
constexpr float kStillS = 0.3f;  // s of stance until the foot is called still [D]
constexpr float kTiltS =
    0.05f;  // s: in a stance the attitude follows gravity so fast: tilt correction [M: MS patient]

// --- zero-velocity update in lively gait: rest without a quiet stance ---
constexpr float kZuptDps = 80.0f;         // °/s: unit of rotation at most [M: styles "happy", "active"] ...
constexpr float kZuptDpsBase = 8.0f;      // ... for slow swings this ... [M: shuffles]
constexpr float kZuptDpsShare = 0.15f;    // ... plus this share of the swing's peak [M]
constexpr float kZuptAccel = 3.5f;        // m/s²: unit of acceleration at most [M] ...
constexpr float kZuptAccelBase = 0.5f;    // ... for slow swings this ... [M: shuffles]
constexpr float kZuptAccelPerMs = 1.0f;   // 1/s: ... plus this times the swing's top speed [M]
constexpr float kZuptSpeedBase = 0.02f;   // m/s: unit of speed ... [M]
constexpr float kZuptSpeedShare = 0.15f;  // ... plus this share of the swing's top speed [M]
constexpr float kZuptSpeedMax =
    0.30f;  // share of the top speed above which no foot rests; mid swing has 1 [M]
constexpr float kZuptMostStatistic =
    4.0f;  // sum of squares in these units, the statistic: above it nothing rests [M]
constexpr float kZuptWaitS = 0.12f;       // s without a lesser statistic confirm the least [M]
constexpr float kZuptMinS = 0.30f;        // s: shorter swings end in quiet stances only [M]
constexpr float kZuptMaxS = 2.2f;         // s: later the chain of updates is lost [M]
constexpr float kGuessMaxS = 1.6f;        // s: the same after a first, unproven rest [M]
constexpr float kGuessAccelError = 1.0f;  // m/s²: mean force of a swing against gravity proves that rest [M]
constexpr float kGuessTiltCos = 0.94f;    // cosine of 20°: and its direction against the one assumed [M]
constexpr float kSwingTiltGain = 0.5f;    // share of a swing's mean force in the attitude, for 1 s [M]

// --- the end of a length, after a quiet stance was found ---
constexpr float kCalmWaitS = 0.055f;  // s: the foot may still roll; the calmest instant within counts [M]
constexpr float kCalmDps = 12.0f;     // °/s: calm enough; waiting would gather noise [M: shuffles]

// --- swing ---
constexpr float kPodHeightM =
    0.08f;  // m over the sole: a rolling foot carries the pod [M: length error 1.4 to 1.1 %]
constexpr float kSwingMaxS = 3.0f;         // s: longer motion is no stride [M]
constexpr float kSwingMinS = 0.15f;        // s [M]
constexpr float kSwingMinPeakDps = 25.0f;  // °/s: less is a fidget [M]

// --- gyroscope bias: the strict rule; a loose one damages the result [M] ---
constexpr float kBiasRestS = 0.3f;      // s of rest before the first update
constexpr float kBiasSpreadDps = 2.0f;  // °/s peak to peak within the stance window
constexpr float kBiasAccelSd = 0.11f;   // m/s²
constexpr float kBiasGain = 0.03f;      // per tick of 10 ms
constexpr float kDriftS = 11.0f;  // s of walking until tilt corrections have shown most of it [M: shuffles]
constexpr float kDriftStanceMinS = 0.1f;  // s of a stance that corrects tilt; shorter ones mislead [M: cmu]
constexpr float kDriftStanceMaxS = 1.0f;  // s of a stance in which corrections count; later rest shows it [M]
constexpr float kDriftMuchDeg = 8.0f;     // °: corrections by more count for less than half [M]
constexpr float kDriftMaxDps = 10.0f;     // °/s: what a walk may show on an axis; rest can still undo it [D]
constexpr float kBiasMaxDps = 20.0f;      // °/s: more is no bias of any sensor of this kind [D]

// --- a stride ---
constexpr float kStrideMinM = 0.10f;           // m: shorter is shifting the weight [D]
constexpr float kStrideMaxM = 3.5f;            // m [M: running]
constexpr float kStrideMinS = 0.25f;           // s [M]
constexpr float kStrideMaxS = 2.5f;            // s [M]
constexpr float kStrideMaxDrift = 1.8f;        // m/s²: residual speed per duration ... [M]
constexpr float kStrideMaxDriftShare = 0.35f;  // ... or this share of the top speed, whichever is more [M]
constexpr float kUnsureDrift =
    0.25f;  // of what was taken out for that speed; shorter strides may be none [M]
constexpr float kStrideMaxDzM = 0.65f;  // m: two high stair steps [M]
constexpr float kStrideTiltCos =
    0.87f;  // cosine of 30°: a foot rests about as it rested before; a shoe in the hand does not [M]
constexpr float kTurnYawDeg = 60.0f;    // °: from here a stride joins a bout but proves none [D design]
constexpr float kTurnJoinDeg = 75.0f;   // °: a turn that moves further off its bout does not join [M]
constexpr float kForwardDeg = 50.0f;    // °: displacement to toe axis, up to here forward [D design]
constexpr float kBackwardDeg = 130.0f;  // °: from here backward [D design]
constexpr float kStairM = 0.12f;        // m: climbing more than this ... [M]
constexpr float kStairSlope = 0.35f;    // ... and than this share of the length is a stair [M]

// --- a stride with a bridged gap: 80 ms hide 0.3 m/s of speed and 4° of turn, one in ten 1 m/s and 13° [M]
// ---
constexpr float kBridgedSlack = 3.0f;        // × the speed it may leave at a quiet stance [M]
constexpr float kBridgedUnsureDrift = 0.2f;  // of the displacement taken out for that speed is unsure ... [M]
constexpr float kBridgedUnsurePath = 0.06f;  // ... and of top speed × duration: a kick comes back [M]
constexpr float kBridgedDriftDps = 100.0f;   // °/s: a foot that turns less and ... [M: shortest shuffles 90]
constexpr float kBridgedDriftShare = 0.6f;   // ... ends with this share of its top speed did not go [M]

// --- streak ---
constexpr float kBoutGapS = 3.0f;  // s: a bout's strides are closer than this [D design]
constexpr int kBoutProofs = 2;     // strides of one direction without a sharp turn prove a bout [M]
constexpr int kBoutPending = 12;   // strides held back at most while a bout is not proven [D memory]

// --- wear ---
constexpr float kWearBlockS = 900.0f;            // s: looked at every quarter of an hour [L: GGIR]
constexpr float kWearEveryS = 0.2f;              // s between the readings taken [D cost]
constexpr float kWearSd = 0.013f * kGravity;     // m/s² [L: van Hees 2011, GGIR]
constexpr float kWearRange = 0.050f * kGravity;  // m/s² [L: the same]

}  // namespace retrostep::parameters
