/* dissect_ethernet.h — an Ethernet frame (IEEE 802.3) with all its layers.
 * Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_ETHERNET_H
#define NETLAB_CLIENT_DISSECT_DISSECT_ETHERNET_H

#include "client/dissect/dissect.h"

/* From the destination's address on, without preamble and check sequence. */
dissector dissect_ethernet;

#endif
