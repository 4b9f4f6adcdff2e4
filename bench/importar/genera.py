"""Writes the book that both read: 100,000 rows of sales × 8 columns, the same at every run. Argument: where to."""
import datetime
import random
import sys

from openpyxl import Workbook

FILAS = 100_000
random.seed(1)
libro = Workbook(write_only=True)
hoja = libro.create_sheet("Ventas")
hoja.append(["Folio", "Fecha", "Clave", "Descripción", "Cantidad", "Precio", "Importe", "Sucursal"])
for i in range(FILAS):
    cantidad = random.randint(1, 10)
    precio = random.randint(100, 99_999) / 100
    cuando = datetime.datetime(2026, 1 + i % 10, 1 + i % 28, 10, i % 60)
    hoja.append(
        [f"A{i // 4}", cuando, f"P{i:06d}", f"Producto número {i} de línea", cantidad, precio, round(cantidad * precio, 2), "CDMX-01"]
    )
libro.save(sys.argv[1])
