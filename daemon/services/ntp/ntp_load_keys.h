/* ntp_load_keys.h — the keys file of the time section. Loader process only. */
#ifndef NETLAB_SERVICES_NTP_LOAD_KEYS_H
#define NETLAB_SERVICES_NTP_LOAD_KEYS_H

#include "service.h"
#include "services/ntp/ntp_key.h"

/*
 * Reads the file that 'keys' names and appends its keys, sorted by id and
 * aligned as uint32_t is, to the part that LOAD writes. Returns how many they
 * are: 0 where no file is named, and after mistakes, which go to LOAD's report
 * with their line and without any key.
 */
uint32_t ntp_load_keys(struct service_load *load);

#endif
