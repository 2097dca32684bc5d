"""The interfaces of other libraries over looprt, so that moving is a change of imports. Each module tells what differs."""
