#!/bin/sh
# Makes the contracts that come from public data again; run from anywhere.
set -eu
cd "$(dirname "$0")/.."

python3 tools/gleif_contract.py sources/gleif/253400JT3MQWNDKMJE44.jsonl \
  --recipient 391200PKEUF3Y2NUMW25 --id rosneft-deutschland-2023 --signed 2023-02-10 \
  --list-counts-from publication \
  --award 2023-02-10=1000000 --award 2023-02-17=1000000 --award 2023-02-21=1000000 \
  > tax-havens/rosneft-deutschland-2023.json

python3 tools/gleif_contract.py sources/gleif/213800AG2V6YE68H5N63.jsonl \
  --recipient 7N7YKE66OZ27KON72O26 --id gulf-international-bank-uk --signed 2020-08-03 \
  --list-counts-from publication \
  --award 2020-08-03=1000000 --award 2024-05-02=1000000 \
  > tax-havens/gulf-international-bank-uk.json

python3 tools/gleif_contract.py sources/gleif/213800AG2V6YE68H5N63.jsonl \
  --recipient 213800AG2V6YE68H5N63 --id newcastle-united --signed 2024-05-02 \
  --list-counts-from publication --award 2024-05-02=1000000 \
  > tax-havens/newcastle-united.json

python3 tools/italy_rrp.py sources/italy-rrp plan > eu-recovery-facility/italy-2021.json

python3 tools/italy_rrp.py sources/italy-rrp plan --tags v01 --components M1C3,M2C1 \
  > eu-recovery-facility/italy-tags-v01.json

python3 tools/italy_rrp.py sources/italy-rrp payments --measure M6C1I1.02.02 --first 25 \
  > eu-recovery-facility/italy-payments.json
