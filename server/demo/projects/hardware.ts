import { type ProjectBlueprint, role } from './blueprint.ts';

export const hardware: ProjectBlueprint[] = [
  {
    title: 'A cheap underwater drone to count lobsters',
    description:
      'Fishing cooperatives south of the city pay divers to count lobsters before the season opens. We want a tethered ROV from PVC pipe, bilge pump motors and a Raspberry Pi camera that costs less than one week of diving. Our first frame leaks at 6 m; the target is 20 m.\n\nMechanical help is what we need most: seals, buoyancy, a tether that does not pull the nose up. The cooperative lends us a boat every second Saturday.',
    skills: ['Mechanical Design', 'Raspberry Pi', 'Robotics'],
    roles: [
      role('Mechanical designer', 'Mechanical Design', 3),
      role('Electronics', 'Circuit Design', 2),
      role('Camera and control software', 'Python', 2),
    ],
    college: 'sierraclara',
    by: 'Mechanical Engineering',
    budget: { min: 6000, max: 9000, currency: 'MXN' },
    timeline: 'Working at 20 m before the season opens',
    hours: 8,
    place: 'Taller 3, Sierra Clara',
  },
  {
    title: 'Prosthetic finger that a village workshop can repair',
    description:
      'Most printed prosthetics break at the tendon and then lie in a drawer. We design a finger whose every moving part can be replaced with bicycle cable, fishing line and a screwdriver. Two users at the district hospital test with us and they are brutally honest, which is the best part of the project.\n\nVersion 4 survives 8,000 cycles on our test rig. We aim for 50,000 and a repair sheet without words.',
    skills: ['SolidWorks', '3D Printing', 'Industrial Design'],
    roles: [
      role('CAD designer', 'SolidWorks', 3),
      role('Test rig and measurements', 'Arduino', 2),
      role('Illustrator for the repair sheet', 'Illustration', 2),
    ],
    college: 'sahyagiri',
    by: 'Mechanical Engineering',
    budget: { min: 20000, max: 35000, currency: 'INR' },
    timeline: '5 months',
    hours: 9,
    place: 'Makers lab, Sahyagiri',
  },
  {
    title: 'LoRa sensors for the canal that floods the market',
    description:
      "When the Oju canal rises, traders at the market have about forty minutes. Nobody tells them. We are building six water level sensors (ultrasonic, solar, LoRa) and a siren box plus SMS. Two sensors have been running on the footbridge since August and only one has been stolen.\n\nWe need firmware that sleeps properly, a box that looks too boring to steal, and somebody who enjoys talking to the market women's association, who own the siren.",
    skills: ['Embedded Systems', 'Internet of Things', 'Community Management'],
    roles: [
      role('Firmware engineer', 'Embedded Systems', 3),
      role('Enclosure designer', 'Fusion 360', 2),
      role('Community lead', 'Community Management', 2),
    ],
    college: 'lagooncity',
    by: 'Electrical Engineering',
    budget: { min: 350000, max: 500000, currency: 'NGN' },
    timeline: 'Before the rains in April',
    hours: 10,
    place: 'Oju market, Lagoon City',
  },
  {
    title: 'Formula Student: battery telemetry that the driver can trust',
    description:
      'We lost the endurance event because a cell temperature read 91 °C and was really 41. This year the battery box gets its own CAN node with plausibility checks, and the steering wheel display shows "sensor doubtful" instead of shutting the car down.\n\nYou would own one of: STM32 firmware, the PCB (4 layers, isolated supply), or the analysis tool that the pit crew uses on a laptop in the rain.',
    skills: ['Microcontrollers', 'PCB Design', 'C'],
    roles: [
      role('STM32 firmware', 'C', 3, 2),
      role('PCB designer', 'PCB Design', 2),
      role('Pit wall software', 'Python', 2),
    ],
    college: 'birkenfels',
    by: 'Electrical Engineering',
    budget: { min: 900, max: 1800, currency: 'EUR' },
    timeline: 'Rolling chassis in March, races in July',
    hours: 12,
    place: 'Halle 7, Birkenfels',
  },
  {
    title: 'Braille label maker from an old dot-matrix printer',
    description:
      'There are eleven dead dot-matrix printers in our storage. With a stronger solenoid and a rubber platen they punch readable Braille on adhesive film, I have one ugly proof. Commercial label makers cost more than a month of rent.\n\nLooking for a person who likes taking things apart and a person who reads Braille or wants to learn. All drawings go online.',
    skills: ['Circuit Design', 'Arduino', 'Mechanical Design'],
    roles: [
      role('Tinkerer', 'Circuit Design', 1, 2),
      role('Arduino programmer', 'Arduino', 2),
      role('Braille reader or learner'),
    ],
    college: 'tamarind',
    by: 'Electrical Engineering',
    budget: { max: 400, currency: 'SGD' },
    hours: 5,
    place: 'Workshop B2, Tamarind Coast',
  },
  {
    title: 'High-altitude balloon with a camera that survives landing',
    description:
      'Launch three of last spring reached 31 km and came down in a lake. The pictures are at the bottom of it. This time: a floating capsule, a second radio, and a descent model that is not drawn on a napkin.\n\nLicensed amateur radio operators very welcome. We file the airspace notice through the physics department, so flights are legal and insured.',
    skills: ['Signal Processing', 'CAD', 'Physics'],
    roles: [
      role('Radio and tracking', 'Signal Processing', 2),
      role('Capsule designer', 'CAD', 2),
      role('Descent simulation', 'Python', 2),
      role('Photographer', 'Photography', 2),
    ],
    college: 'calder',
    by: 'Physics',
    budget: { min: 500, max: 900, currency: 'USD' },
    timeline: 'Launch window 10-24 May',
    hours: 6,
    place: 'Calder Bay, physics roof',
  },
  {
    title: 'FPGA synthesizer module with knobs you can feel',
    description:
      'A Eurorack oscillator on a small Lattice FPGA: no menus, eight knobs, four voices, latency under a millisecond. Verilog for the oscillator is done and sounds like bees, in a good way. I play modular at open stages and am tired of laptops.\n\nNeed a PCB person and somebody with ears. We build a batch of five and keep one each.',
    skills: ['FPGA', 'Verilog', 'Sound Design'],
    roles: [role('PCB designer', 'PCB Design', 3), role('Sound designer', 'Sound Design', 2)],
    college: 'northmoor',
    by: 'Music Technology',
    budget: { min: 250, max: 450, currency: 'GBP' },
    timeline: 'Playable by the spring gig',
    hours: 5,
  },
  {
    title: 'Line-following robot kit for 12-year-olds, under 15 dollars',
    description:
      'We run a Saturday robotics club in two public schools. Commercial kits are 90 dollars each, so six children share one. We have a cardboard chassis, two motors, an ATtiny and a lesson that works. It now has to survive a school year and be buildable by a teacher without an engineer in the room.\n\nLooking for people who like children, soldering, or writing instructions that nobody misreads.',
    skills: ['Microcontrollers', 'Teaching', 'Technical Writing'],
    roles: [
      role('Electronics', 'Circuit Design', 2),
      role('Club mentor', 'Teaching', 1, 3),
      role('Writer of the instructions', 'Technical Writing', 2),
    ],
    college: 'calder',
    by: 'Mechanical Engineering',
    budget: { max: 1200, currency: 'USD' },
    timeline: 'One school year, Saturdays',
    hours: 4,
    place: 'Calder Bay, Eastside schools',
  },
];
