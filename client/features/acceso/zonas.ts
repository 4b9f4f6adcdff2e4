/** Zones of Mexico as people name them. Border towns keep summer time; Sonora and Quintana Roo have none. */
export const ZONAS = [
  { value: 'America/Mexico_City', label: 'Centro (Ciudad de México)' },
  { value: 'America/Monterrey', label: 'Centro (Monterrey)' },
  { value: 'America/Merida', label: 'Centro (Mérida)' },
  { value: 'America/Cancun', label: 'Sureste (Quintana Roo)' },
  { value: 'America/Chihuahua', label: 'Chihuahua' },
  { value: 'America/Ciudad_Juarez', label: 'Frontera (Ciudad Juárez)' },
  { value: 'America/Ojinaga', label: 'Frontera (Ojinaga)' },
  { value: 'America/Matamoros', label: 'Frontera (Matamoros, Reynosa, Nuevo Laredo)' },
  { value: 'America/Mazatlan', label: 'Pacífico (Sinaloa, Nayarit, Baja California Sur)' },
  { value: 'America/Bahia_Banderas', label: 'Bahía de Banderas' },
  { value: 'America/Hermosillo', label: 'Sonora' },
  { value: 'America/Tijuana', label: 'Noroeste (Tijuana, Mexicali)' },
];
