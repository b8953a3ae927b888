/* dns_load_hosts.h — `hosts "NAME" { address = { … } ttl = N }`: a name with
 * addresses, without a zone file. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_HOSTS_H
#define NETLAB_SERVICES_DNS_LOAD_HOSTS_H

#include "service.h"
#include "services/dns/dns_load_records.h"
#include "services/dns/dns_load_report.h"
#include "services/dns/dns_load_zones.h"

/* Its keys, ending in CFG_END. */
extern cfg_opt_t dns_load_hosts_options[];

/*
 * Gives each name of LOAD's section to the zone of ZONES that it lies in, or to
 * a new one: of that name, or of its parent for a wildcard. The shortest first,
 * so that "www.a" lies in the zone of "a" wherever in the file they stand.
 * Mistakes are told.
 */
void dns_load_hosts_read(
    struct service_load *load, struct dns_load_zones *zones);

/* Adds what ZONE's hosts are to CONTENT / to RECORDS; what is wrong there is
 * told. */
void dns_load_hosts_hash(const struct dns_load_zone *zone, uint64_t content[2]);
void dns_load_hosts_add(const struct dns_load_zone *zone,
    struct dns_load_records *records, struct dns_load_report *report);

#endif
