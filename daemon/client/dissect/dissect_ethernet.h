/* dissect_ethernet.h — see each function. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_ETHERNET_H
#define NETLAB_CLIENT_DISSECT_DISSECT_ETHERNET_H

#include "client/dissect/dissect.h"

/* An Ethernet frame (IEEE 802.3) with all its layers. */
dissector dissect_ethernet;

/* The same behind the header of Linux's "any" interface
 * (LINKTYPE_LINUX_SLL2). */
dissector dissect_ethernet_cooked;

#endif
