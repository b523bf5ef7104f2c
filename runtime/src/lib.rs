//! G/M/P scheduler, native stacks, channels, timers, heap and collector. Knows no types and no bytecode.
