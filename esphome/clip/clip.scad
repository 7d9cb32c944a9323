// A clip that holds a step pod on the laces of a shoe: a tray for the electronics, a lid, a tongue under the laces.
//
// Everything is in millimetres. Choose a board below or give the size of your own:
//   openscad -D 'board="xiao"' -D 'part="tray"' -o tray.stl clip.scad
// Print the tray on its long side and the lid face down: 0.2 mm layers, no supports. The tongue bends: PETG lasts.
// The antenna of a XIAO ESP32-C3 is glued to the inside of the lid, between the two ribs: away from the cell and from the foot.

board = "xiao"; // "xiao": XIAO ESP32-C3 or -C6, LSM6DS3TR-C breakout, 500 mAh cell; "capsule": sleeve for an M5Stack Capsule
part = "all";   // "tray", "lid", "all"

wall = 1.6;
play = 0.3;          // between parts that slide into each other
corner = 3;
tongue_length = 42;  // under three rows of laces
tongue_width = 22;
tongue_thickness = 2;
tongue_gap = 3.2;    // room for laces between tray and tongue
lace_hook = 2.4;
antenna = [40, 12];  // of the XIAO at its U.FL socket, length and width: measure yours, the clip grows with it
rib = [30, 1, 1.2];

// Inner size: length (heel to toe), width, height. The sensor lies flat, its x to the toe.
rim = wall + play;   // of the lid, inside the tray
inner = board == "capsule" ? [60.8, 24.6, 16.2] // the Capsule is 60 x 24 x 15.6
                           : [max(44, antenna.x + 2 * rim), max(32, antenna.y + 2 * (play + rib.y + rim)), 14];
                                                // cell 502535 (36 x 26 x 5) below, boards above, antenna under the lid
outer = [inner.x + 2 * wall, inner.y + 2 * wall, inner.z + wall];
usb = [10, 4.4];       // USB-C plug
arrow_depth = 0.8;

module rounded(size, r) {
  linear_extrude(size.z) offset(r) offset(-r) square([size.x, size.y], center = true);
}

// The arrow on lid and tray points to the toe: this is the end the firmware calls +x.
module toe_arrow(length = 18) {
  linear_extrude(arrow_depth + 0.01)
    polygon([[length / 2, 0], [length / 6, 5], [length / 6, 2], [-length / 2, 2], [-length / 2, -2], [length / 6, -2], [length / 6, -5]]);
}

module tongue() {
  bend = tongue_gap + tongue_thickness;
  // From the toe end of the tray back under it, open towards the heel so that it slides in under the laces.
  translate([outer.x / 2 - tongue_length / 2, 0, -bend]) rounded([tongue_length, tongue_width, tongue_thickness], corner);
  translate([outer.x / 2 - tongue_thickness, -tongue_width / 2, -bend]) cube([tongue_thickness, tongue_width, bend + wall]);
  translate([outer.x / 2 - tongue_length + 3, 0, -bend + tongue_thickness]) rotate([90, 0, 0])
    cylinder(h = tongue_width - 6, r = lace_hook / 2, center = true, $fn = 32);
}

module tray() {
  difference() {
    rounded(outer, corner);
    translate([0, 0, wall]) rounded([inner.x, inner.y, inner.z + 1], corner - wall / 2);
    // USB at the heel end, so that the cable does not pull at the tongue.
    translate([-outer.x / 2 - 1, -usb.x / 2, wall + inner.z - usb.y - 3]) cube([wall + 2, usb.x, usb.y]);
    // Snap groove for the lid.
    for (side = [-1, 1]) translate([0, side * inner.y / 2, outer.z - 2.5]) rotate([0, 90, 0])
      cylinder(h = inner.x * 0.6, r = 0.6, center = true, $fn = 24);
  }
  tongue();
}

// They keep the antenna in its place and show it; like the rim they start inside the plate.
module antenna_ribs() {
  for (side = [-1, 1]) translate([-rib.x / 2, side * (antenna.y / 2 + play + rib.y / 2) - rib.y / 2, wall / 2])
    cube([rib.x, rib.y, wall / 2 + rib.z]);
}

module lid() {
  difference() {
    union() {
      rounded([outer.x, outer.y, wall], corner);
      // The rim starts inside the plate: faces that only touch do not become one body.
      translate([0, 0, wall / 2]) difference() {
        rounded([inner.x - 2 * play, inner.y - 2 * play, 4 + wall / 2], corner - wall / 2);
        translate([0, 0, wall / 2]) rounded([inner.x - 2 * rim, inner.y - 2 * rim, 6], corner - wall);
      }
      for (side = [-1, 1]) translate([0, side * (inner.y / 2 - play), wall + 2.5]) rotate([0, 90, 0])
        cylinder(h = inner.x * 0.58, r = 0.5, center = true, $fn = 24);
      if (board == "xiao") antenna_ribs();
    }
    // Printed upside down: the arrow is cut into the face that lies on the bed and mirrored, so that it reads right.
    translate([0, 0, -0.01]) toe_arrow();
  }
}

if (part == "tray" || part == "all") tray();
if (part == "lid") lid();
if (part == "all") translate([0, 0, outer.z + 12]) mirror([0, 0, 1]) lid();
