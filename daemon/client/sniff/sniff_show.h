/* sniff_show.h — a packet on the screen: one line, and what --hex, --explain
 * and --json make of it. */
#ifndef NETLAB_CLIENT_SNIFF_SNIFF_SHOW_H
#define NETLAB_CLIENT_SNIFF_SNIFF_SHOW_H

#include "client/options.h"
#include "client/screen.h"
#include "client/sniff/sniff_source.h"

/* Shows PACKET, the NUMBERth from 1. Returns VERB_GOOD; another and has
 * complained: no memory, or standard output is full. */
int sniff_show(const struct screen *screen, const struct options *options,
    const struct sniff_source *source, const struct sniff_source_packet *packet,
    uint64_t number) __attribute__((warn_unused_result));

#endif
