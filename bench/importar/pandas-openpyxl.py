"""Reads a book with pandas + openpyxl and prints seconds, peak MB and rows, as JSON. Imports are not counted."""
import json
import resource
import sys
import time

import openpyxl
import pandas

desde = time.perf_counter()
tabla = pandas.read_excel(sys.argv[1], engine="openpyxl")
segundos = time.perf_counter() - desde
mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"segundos": segundos, "mb": mb, "filas": len(tabla), "version": f"{pandas.__version__} + {openpyxl.__version__}"}))
